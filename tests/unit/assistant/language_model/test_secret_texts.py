"""Passwords and keys are noticed; what people and Nix usually say is not taken for one."""

import time

import pytest

from nixforhumanity.assistant.language_model.secret_texts import looks_like_a_secret


@pytest.mark.parametrize(
    "text",
    [
        "my password is hunter2",
        "wifi password: sunshine",
        "connect to Home with password blue42sky",
        "PASSWORD=abc",
        "export GITHUB_TOKEN=ghp_abcdefghijklmnop1234",
        "use ghp_16C7e42F292c6912E7710c838347Ae178B4a please",
        "sk-proj-abc123def456ghi789",
        "Authorization: Bearer abcdef123456",
        "clone https://me:secret@example.org/repo",
        "-----BEGIN OPENSSH PRIVATE KEY-----\nabc",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc",
        "AKIAIOSFODNN7EXAMPLE",
        "what is 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
        "mein Passwort ist sonne",
        "пароль: солнце",
        "access-tokens = github.com=abc",
        "api key: 12345",
        "pin: 1234",
        'psk="mein netz"',
        "xK9vQ2mZr7LpW4sTn8Bd is my code",
        "密码是abc123",
        "我的密码abc123",
        "我家wifi的密码是向日葵",
        "パスワードはabc123です",
        "パスワードは「himawari」です",
        "mein Passwort lautet hunter2",
        "mein Passwort lautet sonne",
        "WLANPasswort sonne1",
        "clave wifi abcd1234",
        "la clave de mi wifi es girasol",
        "senha do wifi abc12345",
        "пароль от вайфая qwerty12",
        "le mot de passe du wifi est tournesol",
        "كلمة السر abc123",
        "كلمة المرور هي شمس",
        "كلمة سر الواي فاي ١٢٣٤٥",
        "باسورد الواي فاي abcd1234",
        "मेरा पासवर्ड abc123 है",
        "पासवर्ड: सूरज",
        "password for the wifi at home12",
        "hunter2 is my password",
        "my pass\u200bword hunter2",
        "ｐａｓｓｗｏｒｄ hunter2",
    ],
)
def test_a_secret_is_noticed(text: str) -> None:
    assert looks_like_a_secret(text)


@pytest.mark.parametrize(
    "text",
    [
        "install vlc",
        "how do I change my password",
        "I forgot my password and cannot log in",
        "a program that keeps my passwords",
        "which token ring driver do I need",
        "error: path '/nix/store/0c0x3v0y1fj1hk6vhk6z4v3l5f7kq2n9-hello-2.12.1' is not valid",
        "error: hash mismatch, got: sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "builder for '/nix/store/yxk8b4ixr9gzjfl3rg3zdjgv9y4b1sp1-linux-6.12.drv' failed",
        "python3.11-some-long-package-name-1.2.3 is broken",
        "make the thing with the pictures go",
        "antidisestablishmentarianism and supercalifragilistic",
        "nixpkgs-unstable-2026-10-01-pre-release",
        "how do I fix password issues",
        "install password-store-1.7.4",
        "pin nixpkgs to 24.05",
        "syntax error, unexpected token at line 1234",
        "Passwort vergessen, was nun",
        "密码忘了怎么办",
        "我的密码是什么",
        "パスワードを忘れました",
        "забыл пароль",
        "mot de passe oublié",
        "olvidé mi contraseña",
        "esqueci minha senha",
        "نسيت كلمة السر",
        "मैं पासवर्ड भूल गया",
    ],
)
def test_what_is_usually_said_is_no_secret(text: str) -> None:
    assert not looks_like_a_secret(text)


@pytest.mark.parametrize(
    "part",
    ["-a-a", "eyJ-", "password ", "password of a ", "aaaa is my ", "_", "a", "://a:", "密码", "token ", " "],
)
def test_a_long_text_takes_time_in_proportion(part: str) -> None:
    """In proportion this takes a part of a second; with the square of the length, minutes."""
    text = (part * 200_000)[:200_000]
    begun = time.process_time()
    looks_like_a_secret(text)
    assert time.process_time() - begun < 5
