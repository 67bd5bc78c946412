"""Fine-tunes the sentence encoder with a classifying head, in JAX on the processor."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray
from safetensors.numpy import load_file

from nixforhumanity.understanding.model.wordpieces import WordPieces

LAYERS, HEADS, WIDTH = 6, 12, 384
LONGEST = 64
_LENGTHS = (12, 20, 32, LONGEST)
"""Lines are filled up to one of these, so that JAX compiles the step only so many times."""
_BATCH = 32
_DROPOUT = 0.1
_SMOOTHING = 0.05
_ENCODER_RATE, _HEAD_RATE = 5e-5, 1e-3
HEAD_SCALE = 20.0
"""Lines are vectors of length one: without it the head could not become sure of anything."""

Parameters = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Trained:
    """The encoder's arrays under their names in the original model, and the head."""

    arrays: dict[str, NDArray]
    head: NDArray
    bias: NDArray


def train_encoder(
    source: Path,
    pieces: WordPieces,
    texts: Sequence[str],
    labels: NDArray,
    classes: int,
    *,
    epochs: int,
    seed: int = 0,
) -> Trained:
    """Fine-tune everything but the word embeddings; prints the loss of each epoch."""
    arrays = {name.removeprefix("bert."): value for name, value in load_file(source).items()}
    words = jnp.asarray(arrays.pop("embeddings.word_embeddings.weight"))
    used = [name for name, value in arrays.items() if value.dtype == np.float32 and "pooler" not in name]
    kept = {name: jnp.asarray(arrays[name]) for name in used}
    lines = [pieces.numbers(text, LONGEST) for text in texts]
    head = _centres(kept, words, lines, labels, classes)
    parameters: Parameters = {"encoder": kept, "head": head, "bias": jnp.zeros(classes)}
    batches_an_epoch = len(_batches(lines, random.Random(seed)))
    optimiser = _optimiser(epochs * batches_an_epoch)
    state = optimiser.init(parameters)
    weights = jnp.asarray((len(labels) / classes / np.bincount(labels, minlength=classes)) ** 0.5)

    def loss(now: Parameters, numbers: Any, mask: Any, wanted: Any, key: Any) -> Any:
        scores = HEAD_SCALE * embedding(now["encoder"], words, numbers, mask, key) @ now["head"] + now["bias"]
        target = optax.smooth_labels(jax.nn.one_hot(wanted, classes), _SMOOTHING)
        return (optax.softmax_cross_entropy(scores, target) * weights[wanted]).mean()

    @jax.jit
    def step(
        now: Parameters, state: Any, numbers: Any, mask: Any, wanted: Any, key: Any
    ) -> tuple[Any, Any, Any]:
        value, gradient = jax.value_and_grad(loss)(now, numbers, mask, wanted, key)
        updates, state = optimiser.update(gradient, state, now)
        return optax.apply_updates(now, updates), state, value

    rng, key, started = random.Random(seed), jax.random.PRNGKey(seed), time.monotonic()
    for epoch in range(epochs):
        batches = _batches(lines, rng)
        total = 0.0
        for length, rows in batches:
            numbers, mask = _filled([lines[row] for row in rows], length)
            key, part = jax.random.split(key)
            parameters, state, value = step(parameters, state, numbers, mask, labels[rows], part)
            total += float(value)
        seconds = time.monotonic() - started
        print(f"epoch {epoch + 1}: loss {total / len(batches):.3f}, {seconds:.0f} s", flush=True)
    finished = {name: np.asarray(value) for name, value in parameters["encoder"].items()}
    finished["embeddings.word_embeddings.weight"] = np.asarray(words)
    return Trained(finished, HEAD_SCALE * np.asarray(parameters["head"]), np.asarray(parameters["bias"]))


def embedding(encoder: Parameters, words: Any, numbers: Any, mask: Any, key: Any = None) -> Any:
    """Return the lines' vectors of length one (lines, 384); with a key, with dropout."""
    x = words[numbers] + encoder["embeddings.position_embeddings.weight"][: numbers.shape[1]]
    x = x + encoder["embeddings.token_type_embeddings.weight"][0]
    x = _normal(encoder, "embeddings.LayerNorm", x)
    lines, length, width = x.shape
    hidden = jnp.where(mask[:, None, None, :], 0.0, -1e9)
    for number in range(LAYERS):
        name = f"encoder.layer.{number}."
        query, key_, value = (
            _linear(encoder, f"{name}attention.self.{part}", x)
            .reshape(lines, length, HEADS, width // HEADS)
            .transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        weights = jax.nn.softmax(query @ key_.transpose(0, 1, 3, 2) / np.sqrt(width // HEADS) + hidden, -1)
        attended = (weights @ value).transpose(0, 2, 1, 3).reshape(lines, length, width)
        out = _linear(encoder, name + "attention.output.dense", attended)
        out, key = _dropped(out, key)
        x = _normal(encoder, name + "attention.output.LayerNorm", x + out)
        inner = jax.nn.gelu(_linear(encoder, name + "intermediate.dense", x), approximate=False)
        out, key = _dropped(_linear(encoder, name + "output.dense", inner), key)
        x = _normal(encoder, name + "output.LayerNorm", x + out)
    counted = mask[..., None].astype(x.dtype)
    mean = (x * counted).sum(1) / counted.sum(1)
    return mean / jnp.linalg.norm(mean, axis=-1, keepdims=True)


def _linear(encoder: Parameters, name: str, x: Any) -> Any:
    return x @ encoder[name + ".weight"].T + encoder[name + ".bias"]


def _normal(encoder: Parameters, name: str, x: Any) -> Any:
    mean = x.mean(-1, keepdims=True)
    variance = ((x - mean) ** 2).mean(-1, keepdims=True)
    return (x - mean) * jax.lax.rsqrt(variance + 1e-12) * encoder[name + ".weight"] + encoder[name + ".bias"]


def _dropped(x: Any, key: Any) -> tuple[Any, Any]:
    if key is None:
        return x, None
    key, part = jax.random.split(key)
    return jnp.where(jax.random.bernoulli(part, 1 - _DROPOUT, x.shape), x / (1 - _DROPOUT), 0.0), key


def _optimiser(steps: int) -> Any:
    def rate(highest: float) -> Any:
        warm = max(1, steps // 10)
        return optax.warmup_cosine_decay_schedule(0, highest, warm, steps, highest * 0.02)

    parts = {
        "encoder": optax.adamw(rate(_ENCODER_RATE), weight_decay=0.01),
        "head": optax.adamw(rate(_HEAD_RATE), weight_decay=0.01),
    }
    labels = {"encoder": "encoder", "head": "head", "bias": "head"}
    return optax.chain(optax.clip_by_global_norm(1.0), optax.multi_transform(parts, labels))


def _centres(
    encoder: Parameters, words: Any, lines: Sequence[list[int]], labels: NDArray, classes: int
) -> Any:
    """Return the mean vector of each class: a head that is nearly right before anything is trained."""

    @jax.jit
    def vectors(numbers: Any, mask: Any) -> Any:
        return embedding(encoder, words, numbers, mask)

    found = np.zeros((len(lines), WIDTH), np.float32)
    for length, rows in _batches(lines, random.Random(0)):
        found[rows] = np.asarray(vectors(*_filled([lines[row] for row in rows], length)))
    centres = np.stack([found[labels == one].mean(0) for one in range(classes)])
    return jnp.asarray((centres / (np.linalg.norm(centres, axis=1, keepdims=True) + 1e-9)).T)


def _batches(lines: Sequence[list[int]], rng: random.Random) -> list[tuple[int, list[int]]]:
    """Return batches of rows of about the same length, in random order; every row once."""
    found: list[tuple[int, list[int]]] = []
    shortest = 0
    for length in _LENGTHS:
        rows = [row for row, line in enumerate(lines) if shortest < len(line) <= length]
        rng.shuffle(rows)
        if rows and len(rows) % _BATCH:  # full batches only, or every rest would be compiled anew
            rows += rng.choices(rows, k=_BATCH - len(rows) % _BATCH)
        found += [(length, rows[start : start + _BATCH]) for start in range(0, len(rows), _BATCH)]
        shortest = length
    rng.shuffle(found)
    return found


def _filled(lines: Sequence[list[int]], length: int) -> tuple[NDArray, NDArray]:
    numbers = np.zeros((len(lines), length), np.int32)
    for row, line in enumerate(lines):
        numbers[row, : len(line)] = line
    return numbers, numbers > 0
