"""测量命令: `python -m bench [--full] [ROW …]` prints the figures and writes bench/out/figures.json."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from .figure import Figure
from .measures import MEASURES

OUT = Path(__file__).parent / "out" / "figures.json"


def main() -> int:
    """Run the measures asked for; a missed target is shown, and is no failure of the run."""
    args = _arguments()
    unknown = set(args.rows) - {measure.row for measure in MEASURES}
    if unknown:
        print(f"no measure of {', '.join(sorted(unknown))}; there are {', '.join(_rows())}", file=sys.stderr)
        return 2
    wanted = [one for one in MEASURES if one.row in (args.rows or _rows()) and (args.full or not one.is_long)]
    written = []
    for measure in wanted:
        print(f"{measure.row}  {measure.words}", flush=True)
        for figure in measure.run():
            print(_line(figure), flush=True)
            written.append({"row": measure.row, **asdict(figure)})
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(written, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    missed = sum(not Figure(**{key: one[key] for key in one if key != "row"}).is_met for one in written)
    print(f"{len(written)} figures, {missed} missed; see bench/out/figures.json")
    return 0


def _rows() -> list[str]:
    return sorted({measure.row for measure in MEASURES})


def _line(figure: Figure) -> str:
    sign = "≤" if figure.better == "lower" else "≥"
    verdict = "" if figure.is_met else "  MISSED"
    return f"      {figure.name:<36} {figure.value:>10g} {figure.unit:<4} target {sign} {figure.target:g}{verdict}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("rows", nargs="*", metavar="ROW", help="rows of the capabilities, such as E2; default all")
    parser.add_argument("--full", action="store_true", help="also what takes long")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
