"""The memory of this session keeps a secret, and forgets it when told."""

from nixforhumanity.settings.secrets import MemorySecretStore, SecretStore


async def test_a_secret_is_kept_replaced_and_forgotten() -> None:
    store: SecretStore = MemorySecretStore()
    assert await store.get("remote") is None
    await store.set("remote", "one")
    await store.set("remote", "two")
    assert await store.get("remote") == "two"
    await store.delete("remote")
    await store.delete("remote")
    assert await store.get("remote") is None
