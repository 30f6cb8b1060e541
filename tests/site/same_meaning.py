"""Whether the front matter of records says the same in two folders, by PyYAML: in any order of keys, and but for words of closed
sets and lists of one, which are written as they are declared."""

import pathlib
import sys

try:
    import yaml
except ImportError:
    print("SKIPPED: the meaning by another reader of YAML, for there is no PyYAML", file=sys.stderr)
    sys.exit(0)


class Texts(yaml.SafeLoader):
    """Every scalar is a text: what is said, and not what a language makes of it."""


Texts.yaml_implicit_resolvers = {}


def matter(path):
    text = path.read_text(encoding="utf-8-sig")
    if not text.startswith("---"):
        return None
    return yaml.load(text.split("\n---", 1)[0].split("\n", 1)[1] if "\n" in text else "", Texts)


def plain(value):
    if isinstance(value, dict):
        return {key: plain(of) for key, of in value.items()}
    if isinstance(value, list):
        return plain(value[0]) if len(value) == 1 else [plain(of) for of in value]
    return value if value is None else str(value).lower().replace(" ", "-").replace("_", "-")


before, after = map(pathlib.Path, sys.argv[1:3])
count = 0
for path in sorted(before.rglob("*.md")):
    other = after / path.relative_to(before)
    try:
        one = matter(path)
    except yaml.YAMLError:
        continue
    count += 1
    if plain(one) != plain(matter(other)):
        print(f"{path.relative_to(before)} says another thing")
        sys.exit(1)
print(f"{count} records say the same", file=sys.stderr)
