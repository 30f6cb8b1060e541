"""Holds every document of the API of a site against its own description and schemas, by programs that relbook's makers did not
write: openapi-spec-validator, jsonschema, and Python's reader of CSV. Usage: api.py SITE"""

import csv
import io
import json
import os
import re
import sys

from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from referencing import Registry, Resource

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def described(api):
    """The pattern of each path with the validator of what stands there, those without parameters first."""
    with open(f"{api}/openapi.json", encoding="utf-8") as file:
        description = json.load(file)
    validate(description)
    registry = Registry().with_resource(
        "urn:api", Resource.from_contents({"$schema": DIALECT, "$id": "urn:api", **description})
    )
    found = []
    for path, operations in description["paths"].items():
        schema = operations["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        schema = json.loads(json.dumps(schema).replace('"#/', '"urn:api#/'))
        pattern = re.sub(r"\\\{\w+\\\}", "([^/]+)", re.escape(path))
        found.append((path.count("{"), re.compile(f"{pattern}$"), Draft202012Validator(schema, registry=registry)))
    found.sort(key=lambda of: of[0])
    return found


def hold(site):
    api = os.path.join(site, "api", "v1")
    paths = described(api)
    schemas = {}
    for name in sorted(os.listdir(f"{api}/schema")):
        with open(f"{api}/schema/{name}", encoding="utf-8") as file:
            schema = json.load(file)
        Draft202012Validator.check_schema(schema)
        schemas[name.removesuffix(".json")] = Draft202012Validator(schema)
    faults, documents, rows = [], 0, 0
    for folder, _, names in sorted(os.walk(api)):
        for name in sorted(names):
            path = os.path.join(folder, name)
            address = "/api/v1" + path[len(api):].replace(os.sep, "/")
            with open(path, "rb") as file:
                raw = file.read()
            if name.endswith(".csv"):
                if not raw.startswith(b"\xef\xbb\xbf"):
                    faults.append(f"{address}: no byte-order mark")
                table = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))
                rows += len(table) - 1
                if len({len(row) for row in table}) != 1:
                    faults.append(f"{address}: rows of several lengths")
                continue
            document = json.loads(raw)
            documents += 1
            if "/schema/" in address or address.endswith("openapi.json"):
                continue
            validator = next((of for _, pattern, of in paths if pattern.match(address)), None)
            if validator is None:
                faults.append(f"{address}: the description does not have it")
                continue
            faults += [f"{address}: {error.json_path}: {error.message[:200]}" for error in validator.iter_errors(document)]
            if "keys" in document and document["kind"] in schemas:
                errors = schemas[document["kind"]].iter_errors(document["keys"])
                faults += [f"{address}: keys: {error.json_path}: {error.message[:200]}" for error in errors]
    for fault in faults[:40]:
        print(fault)
    print(f"{documents} documents and {rows} rows, {len(faults)} faults")
    return bool(faults) or documents == 0


if __name__ == "__main__":
    sys.exit(hold(sys.argv[1]))
