"""Run by gdb on codes.cpp: what the pretty-printer and the natvis file say of every code is its float.

    gdb -batch -ex "python folder = '<folder of f8_gdb.py and f8.natvis>'" -x check.py PROGRAM
"""
import math
import re
import sys
import xml.etree.ElementTree

import gdb

NAMES = ("e4m3", "e5m2", "e3m4", "e4m3fnuz", "e4m3b11fnuz", "e8m0", "float16", "bfloat16")
SCHEMA = "{http://schemas.microsoft.com/vstudio/debugger/natvis/2010}"


def is_same(shown, value):
    number = float(shown)
    return math.isnan(number) == math.isnan(value) and (math.isnan(value) or number == value) and (
        math.isnan(value) or math.copysign(1, number) == math.copysign(1, value))


def split_call(text, begin):
    """The arguments of the call whose parenthesis opens at `begin`, and the place behind it."""
    arguments, depth, start = [], 0, begin + 1
    for i in range(begin, len(text)):
        depth += {"(": 1, ")": -1}.get(text[i], 0)
        if depth == 0 or (depth == 1 and text[i] == ","):
            arguments.append(text[start:i].strip())
            start = i + 1
        if depth == 0:
            return arguments, i + 1
    raise ValueError("unbalanced: " + text)


class Natvis:
    """As Visual Studio reads it: the first display string whose condition holds."""

    def __init__(self, path):
        root = xml.etree.ElementTree.parse(path).getroot()
        self.functions = {
            f.get("Name"): ([p.get("Name") for p in f.iter(SCHEMA + "Parameter")], f.get("Expression"))
            for f in root.iter(SCHEMA + "Intrinsic")}
        self.types = [(t.get("Name"), t.findall(SCHEMA + "DisplayString")) for t in root.iter(SCHEMA + "Type")]

    def expand(self, expression):
        call = re.search(r"\b(f8_\w+)\(", expression)
        if not call:
            return expression
        names, body = self.functions[call.group(1)]
        arguments, end = split_call(expression, call.end() - 1)
        by_name = dict(zip(names, arguments, strict=True))
        body = re.sub(r"\b(" + "|".join(names) + r")\b", lambda m: "((int)(" + by_name[m.group()] + "))", body)
        return self.expand(expression[:call.start()] + "(" + body + ")" + expression[end:])

    def strings_of(self, value_type):
        name, parameters = re.match(r"([\w:]+)(?:<(.*)>)?$", value_type.name).groups()
        wanted = name + ("<" + ",".join("*" for _ in parameters.split(",")) + ">" if parameters else "")
        strings = next(strings for known, strings in self.types if known == wanted)
        arguments = [str(int(value_type.template_argument(i))) for i in range(4)] if parameters else []

        def prepare(text):
            for i, argument in enumerate(arguments):
                text = text.replace("$T%d" % (i + 1), argument)
            return re.sub(r"\binternal_bits\b", "((int)$code)", self.expand(text))

        result = []
        for string in strings:
            shown = re.match(r"(.*) \(\{internal_bits,x\}\)$", string.text).group(1)
            expression = prepare(shown[1:-1]) if shown.startswith("{") else None
            result.append((prepare(string.get("Condition", "1")), expression or shown, expression is not None))
        return result


def natvis_shows(strings, code):
    gdb.set_convenience_variable("code", code)
    for condition, shown, is_expression in strings:
        if int(gdb.parse_and_eval(condition)) != 0:
            return float(gdb.parse_and_eval(shown)) if is_expression else shown
    return None


def main():
    gdb.execute("source " + folder + "/f8_gdb.py")
    natvis = Natvis(folder + "/f8.natvis")
    count = 0
    for name in NAMES:
        table = gdb.parse_and_eval("::" + name)
        values, floats = table["values"], table["floats"]
        first, last = values.type.range()
        value_type = values.type.target().unqualified().strip_typedefs()
        strings = natvis.strings_of(value_type)
        for i in range(first, last + 1):
            code, expected = int(values[i]["internal_bits"]), float(floats[i])
            shown = values[i].format_string()
            match = re.fullmatch(r"(\S+) \(0x([0-9a-f]+)\)", shown)
            if not match or not is_same(match.group(1), expected) or int(match.group(2), 16) != code:
                sys.exit("gdb: {}[{}] is {}, but shown as {}".format(name, i, expected, shown))
            seen = natvis_shows(strings, code)
            if seen is None or not is_same(seen, expected):
                sys.exit("natvis: {}[{}] is {}, but shown as {}".format(name, i, expected, seen))
            count += 1
    print("%d codes shown right" % count)


try:
    main()
except SystemExit as failure:
    print(failure, file=sys.stderr)
    gdb.execute("quit 1")
except Exception:
    import traceback
    traceback.print_exc()
    gdb.execute("quit 1")
