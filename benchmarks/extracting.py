"""What extraction costs, in megabytes of plain text a CPU second on one core; beside spaCy's bare tokenizer in the same run.

usage: python -m benchmarks.extracting [FOLDER]     (default: the tests' own texts; target: 1 MB a CPU second and linear)

The tests' texts are dense: a figure in every 20 words. spaCy is measured where it is installed (`pip install spacy`); its
models are not on the package index, so only the tokenizer stands beside ours.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path

from kg.extraction import Extractor
from kg.vocabulary import vocabulary

TEXTS = Path(__file__).resolve().parent.parent / "tests" / "extraction" / "corpus" / "text"
ROUNDS = 5


def speed(work: Callable[[], object], size: int) -> float:
    """Megabytes a CPU second of ``work`` over ``size`` bytes, the best of some rounds: a loaded machine only ever slows."""
    best = 0.0
    for _ in range(ROUNDS):
        gc.collect()
        start = time.process_time()
        work()
        best = max(best, size / 1e6 / (time.process_time() - start))
    return best


def tokenizer() -> Callable[[str], object] | None:
    """spaCy's English tokenizer, or None where spaCy is not installed."""
    try:
        import spacy  # type: ignore[import-not-found]
    except ImportError:
        return None
    return spacy.blank("en")  # type: ignore[no-any-return]


def main(folder: Path) -> None:
    """One line a language: articles one by one, all of them as one text, and the same ten times over; then the tokenizer."""
    extractor = Extractor(vocabulary())
    peer = tokenizer()
    print("language       MB  figures  articles MB/s  one text MB/s  ten times MB/s  spaCy tokenizer MB/s  ratio")
    for language in ("en", "zh"):
        texts = [path.read_text("utf-8").partition("\n\n")[2] for path in sorted(folder.glob(f"{language}-*.txt"))] * 4
        size = sum(len(text.encode()) for text in texts)
        whole = "\n\n".join(texts)
        figures = len(extractor.extract(whole, language).figures)

        def each(texts: list[str] = texts, language: str = language) -> None:
            for text in texts:
                extractor.extract(text, language)

        one = speed(each, size)
        all_in_one = speed(lambda whole=whole, language=language: extractor.extract(whole, language), size)  # type: ignore[misc]
        longer = "\n\n".join([whole] * 10)
        ten = speed(lambda longer=longer, language=language: extractor.extract(longer, language), 10 * size)  # type: ignore[misc]
        theirs = speed(lambda texts=texts: [peer(text) for text in texts], size) if peer and language == "en" else None  # type: ignore[misc]
        beside = f"{theirs:>21.2f} {one / theirs:>6.2f}" if theirs else f"{'–':>21} {'–':>6}"
        print(f"{language:<10} {size / 1e6:>6.2f} {figures:>8,} {one:>14.2f} {all_in_one:>14.2f} {ten:>15.2f} {beside}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else TEXTS)
