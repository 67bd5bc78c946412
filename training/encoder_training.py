"""Fine-tunes the sentence encoder with a classifying head, in JAX on the processor."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray

HEADS, WIDTH = 12, 384
LONGEST = 64
_LENGTHS = (10, 16, 24, 40, LONGEST)
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


class Pieces(Protocol):
    """What splits a line into numbered pieces."""

    def numbers(self, text: str, longest: int) -> list[int]:
        """Return the numbers of the pieces of a line, at most `longest`."""


def train_encoder(
    source: Parameters,
    pieces: Pieces,
    texts: Sequence[str],
    labels: NDArray,
    classes: int,
    *,
    epochs: int,
    frozen: int = 0,
    seed: int = 0,
    after_epoch: Callable[[Trained], None] = lambda trained: None,
) -> Trained:
    """Fine-tune all but the word embeddings and the first `frozen` layers; prints the loss of each epoch.

    `source`: the arrays of the original model, with their names there. `after_epoch`: is given what was
    trained so far, so that a long training that is cut short leaves something.
    """
    arrays = dict(source)
    words = np.asarray(arrays.pop("embeddings.word_embeddings.weight"))
    used = [name for name, value in arrays.items() if value.dtype == np.float32 and "pooler" not in name]
    whole = {name: jnp.asarray(arrays[name]) for name in used}
    lines = _Lines([pieces.numbers(text, LONGEST) for text in texts], whole, words, frozen)
    kept = {name: value for name, value in whole.items() if layer_of(name) >= frozen}
    head = _centres(kept, lines, labels, classes)
    parameters: Parameters = {"encoder": kept, "head": head, "bias": jnp.zeros(classes)}
    batches_an_epoch = len(lines.batches(random.Random(seed)))
    optimiser = _optimiser(epochs * batches_an_epoch)
    state = optimiser.init(parameters)
    weights = jnp.asarray((len(labels) / classes / np.bincount(labels, minlength=classes)) ** 0.5)

    def loss(now: Parameters, x: Any, mask: Any, wanted: Any, key: Any) -> Any:
        scores = HEAD_SCALE * embedding(now["encoder"], x, mask, key) @ now["head"] + now["bias"]
        target = optax.smooth_labels(jax.nn.one_hot(wanted, classes), _SMOOTHING)
        return (optax.softmax_cross_entropy(scores, target) * weights[wanted]).mean()

    @jax.jit
    def step(now: Parameters, state: Any, x: Any, mask: Any, wanted: Any, key: Any) -> tuple[Any, Any, Any]:
        value, gradient = jax.value_and_grad(loss)(now, x, mask, wanted, key)
        updates, state = optimiser.update(gradient, state, now)
        return optax.apply_updates(now, updates), state, value

    trained = _finished(parameters, whole, words)
    rng, key, started = random.Random(seed), jax.random.PRNGKey(seed), time.monotonic()
    for epoch in range(epochs):
        batches = lines.batches(rng)
        total = 0.0
        for length, rows in batches:
            key, part = jax.random.split(key)
            parameters, state, value = step(
                parameters, state, *lines.filled(rows, length), labels[rows], part
            )
            total += float(value)
        seconds = time.monotonic() - started
        print(f"epoch {epoch + 1}: loss {total / len(batches):.3f}, {seconds:.0f} s", flush=True)
        trained = _finished(parameters, whole, words)
        after_epoch(trained)
    return trained


def _finished(parameters: Parameters, whole: Parameters, words: NDArray) -> Trained:
    finished = {name: np.asarray(value) for name, value in {**whole, **parameters["encoder"]}.items()}
    finished["embeddings.word_embeddings.weight"] = words
    return Trained(finished, HEAD_SCALE * np.asarray(parameters["head"]), np.asarray(parameters["bias"]))


def layer_of(name: str) -> int:
    """Return the layer that an array belongs to; -1 for what comes before the first."""
    return int(name.split(".")[2]) if name.startswith("encoder.layer.") else -1


def embedding(encoder: Parameters, x: Any, mask: Any, key: Any = None) -> Any:
    """Return the lines' vectors of length one (lines, 384); with a key, with dropout.

    `x`: what goes into the first of the encoder's arrays (lines, pieces, 384): the embeddings of the words,
    or, when the lower layers are not among the arrays, what came out of those.
    """
    x = _through(encoder, x, mask, key)
    counted = mask[..., None].astype(x.dtype)
    mean = (x * counted).sum(1) / counted.sum(1)
    return mean / jnp.linalg.norm(mean, axis=-1, keepdims=True)


def _through(encoder: Parameters, x: Any, mask: Any, key: Any = None) -> Any:
    """Return what comes out of the last layer (lines, pieces, 384)."""
    layers = sorted({layer_of(name) for name in encoder})
    if layers[0] < 0:
        x = x + encoder["embeddings.position_embeddings.weight"][: x.shape[1]]
        x = x + encoder["embeddings.token_type_embeddings.weight"][0]
        x = _normal(encoder, "embeddings.LayerNorm", x)
        layers = layers[1:]
    lines, length, width = x.shape
    hidden = jnp.where(mask[:, None, None, :], 0.0, -1e9)
    for number in layers:
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
    return x


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


def _centres(encoder: Parameters, lines: "_Lines", labels: NDArray, classes: int) -> Any:
    """Return the mean vector of each class: a head that is nearly right before anything is trained."""
    vectors = jax.jit(lambda x, mask: embedding(encoder, x, mask))
    found = np.zeros((len(labels), WIDTH), np.float32)
    for length, rows in lines.batches(random.Random(0)):
        found[rows] = np.asarray(vectors(*lines.filled(rows, length)))
    centres = np.stack([found[labels == one].mean(0) for one in range(classes)])
    return jnp.asarray((centres / (np.linalg.norm(centres, axis=1, keepdims=True) + 1e-9)).T)


class _Lines:
    """The lines as the trained part sees them: what never changes is computed once."""

    def __init__(self, lines: Sequence[list[int]], whole: Parameters, words: NDArray, frozen: int) -> None:
        self._lines = lines
        self._words = words
        self._below: list[NDArray] | None = None
        if frozen:
            self._below = self._computed({k: v for k, v in whole.items() if layer_of(k) < frozen})

    def _computed(self, lower: Parameters) -> list[NDArray]:
        below: list[NDArray] = [np.zeros(0)] * len(self._lines)
        through = jax.jit(lambda x, mask: _through(lower, x, mask))
        for length, rows in self.batches(random.Random(0)):
            for row, out in zip(rows, np.asarray(through(*self.filled(rows, length))), strict=True):
                below[row] = out[: len(self._lines[row])].astype(np.float16)
        return below

    def batches(self, rng: random.Random) -> list[tuple[int, list[int]]]:
        """Return batches of rows of about the same length, in random order; every row once."""
        found: list[tuple[int, list[int]]] = []
        shortest = 0
        for length in _LENGTHS:
            rows = [row for row, line in enumerate(self._lines) if shortest < len(line) <= length]
            rng.shuffle(rows)
            if rows and len(rows) % _BATCH:  # full batches only, or every rest would be compiled anew
                rows += rng.choices(rows, k=_BATCH - len(rows) % _BATCH)
            found += [(length, rows[start : start + _BATCH]) for start in range(0, len(rows), _BATCH)]
            shortest = length
        rng.shuffle(found)
        return found

    def filled(self, rows: Sequence[int], length: int) -> tuple[NDArray, NDArray]:
        """Return the rows of a batch filled up to one length, and which places are really theirs."""
        x = np.zeros((len(rows), length, WIDTH), np.float32)
        mask = np.zeros((len(rows), length), bool)
        for place, row in enumerate(rows):
            line = self._lines[row]
            mask[place, : len(line)] = True
            x[place, : len(line)] = self._words[line] if self._below is None else self._below[row]
        return x, mask
