"""Writes sympy-pairs.tsv: pairs of LaTeX as SymPy prints it, and whether SymPy finds them equal.

    python3 sympy_pairs.py > sympy-pairs.tsv      (SymPy 1.14)
"""
import random

import sympy
from sympy import Integer, Rational, binomial, cos, exp, factorial, log, pi, root, sin, sqrt, symbols

x, y, a, n = symbols("x y a n")
random.seed(1)


def number():
    kinds = [
        lambda: Integer(random.randint(-12, 12)),
        lambda: Rational(random.randint(-20, 20), random.randint(1, 12)),
        lambda: sqrt(random.randint(2, 50)),
        lambda: root(random.randint(2, 90), 3),
        lambda: Rational(random.randint(1, 9), random.randint(1, 9)) * pi,
        lambda: exp(random.randint(1, 3)),
        lambda: log(random.randint(2, 9)),
        lambda: factorial(random.randint(3, 6)) / Integer(random.randint(2, 9)),
        lambda: binomial(random.randint(4, 9), 2),
        lambda: sin(pi * Rational(random.randint(1, 5), 6)),
    ]
    return random.choice(kinds)()


def expression(depth):
    if depth == 0:
        return random.choice([number(), x, y, a, n])
    first, second = expression(depth - 1), expression(depth - 1)
    return random.choice(
        [
            lambda: first + second,
            lambda: first - second,
            lambda: first * second,
            lambda: first / second if second != 0 else first,
            lambda: first ** random.randint(2, 3),
            lambda: sin(first) + second,
            lambda: cos(first) * second,
        ]
    )()


def forms(value):
    candidates = [sympy.expand, sympy.factor, sympy.together, sympy.apart, sympy.cancel, sympy.radsimp]
    for form in random.sample(candidates, len(candidates)):
        try:
            other = form(value)
        except Exception:
            continue
        if sympy.latex(other) != sympy.latex(value):
            return other
    return None


def usable(value):
    return value.is_finite is not False and not value.has(sympy.zoo, sympy.nan, sympy.oo, sympy.I)


def latex(value):
    return sympy.latex(value, ln_notation=True)


pairs = set()
while len(pairs) < 300:
    value = number() + number() * number() if random.random() < 0.3 else expression(random.randint(1, 3))
    if not usable(value) or len(latex(value)) > 120:
        continue
    other = forms(value)
    if other is None or not usable(other) or len(latex(other)) > 200:
        continue
    changed = random.random() < 0.4
    if changed:
        other = other + random.choice([1, -1, Rational(1, 100), x]) if random.random() < 0.5 else other * 2
    equal = sympy.simplify(value - other) == 0
    if not equal and not changed:
        continue
    if changed and equal:
        continue
    pairs.add((latex(value), latex(other), "same" if equal else "different"))
for pair in sorted(pairs):
    print("\t".join(pair))
