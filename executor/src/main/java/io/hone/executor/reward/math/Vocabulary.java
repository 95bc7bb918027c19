package io.hone.executor.reward.math;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the commands of LaTeX, and the characters and words in place of them, mean in answers. */
final class Vocabulary {
  /** Characters that are a symbol as they stand. */
  static final String PLAIN_SYMBOLS = "+-*/^_()[]{},|!%=<>&±∓≤≥≠≈∈∪°";

  /** Commands and characters that are another way to write a symbol. */
  static final Map<String, String> SYMBOLS =
      spellings(
          List.of("*", "cdot", "times", "ast", "×", "·", "⋅"),
          List.of("/", "div", "÷"),
          List.of("-", "−"),
          List.of("±", "pm"),
          List.of("∓", "mp"),
          List.of("≤", "le", "leq", "leqslant"),
          List.of("≥", "ge", "geq", "geqslant"),
          List.of("≠", "ne", "neq"),
          List.of("≈", "approx"),
          List.of("<", "lt"),
          List.of(">", "gt"),
          List.of("∈", "in"),
          List.of("∪", "cup"),
          List.of("°", "circ", "degree"),
          List.of("|", "vert", "lvert", "rvert"),
          List.of("\\{", "{", "lbrace"),
          List.of("\\}", "}", "rbrace"),
          List.of("\\\\", "\\"),
          List.of("begin", "begin"),
          List.of("end", "end"),
          List.of("%", "%"),
          List.of(",", ";", "，"));

  /** Commands, words and characters that are a constant or take arguments. */
  static final Map<String, String> NAMES = names();

  /** Commands for the eye. */
  static final Set<String> IGNORED =
      Set.of(
          "left",
          "right",
          "big",
          "Big",
          "bigg",
          "Bigg",
          "bigl",
          "bigr",
          "Bigl",
          "Bigr",
          "displaystyle",
          "textstyle",
          "limits",
          "quad",
          "qquad",
          ",",
          "!",
          ":",
          ";",
          " ",
          "(",
          ")",
          "[",
          "]",
          "$",
          "mathbf",
          "mathit",
          "mathbb",
          "mathcal",
          "mathsf",
          "boldsymbol",
          "vec",
          "hat",
          "bar",
          "overline",
          "boxed",
          "fbox");

  /** Commands whose argument is text, or letters that belong together. */
  static final Set<String> TEXTS =
      Set.of(
          "text",
          "textrm",
          "textbf",
          "textit",
          "textnormal",
          "mathrm",
          "operatorname",
          "mbox",
          "hbox");

  static final Set<String> GREEK =
      Set.of(
          "alpha",
          "beta",
          "gamma",
          "delta",
          "epsilon",
          "varepsilon",
          "zeta",
          "eta",
          "theta",
          "vartheta",
          "iota",
          "kappa",
          "lambda",
          "mu",
          "nu",
          "xi",
          "rho",
          "sigma",
          "tau",
          "upsilon",
          "phi",
          "varphi",
          "chi",
          "psi",
          "omega",
          "Gamma",
          "Delta",
          "Theta",
          "Lambda",
          "Xi",
          "Pi",
          "Sigma",
          "Phi",
          "Psi",
          "Omega",
          "ell");

  private Vocabulary() {}

  private static Map<String, String> names() {
    Map<String, String> names =
        new HashMap<>(
            spellings(
                List.of("frac", "frac", "dfrac", "tfrac", "cfrac"),
                List.of("sqrt", "sqrt", "√"),
                List.of("binom", "binom", "dbinom", "tbinom"),
                List.of("pi", "pi", "π"),
                List.of("infinity", "infinity", "infty", "∞"),
                List.of("emptyset", "emptyset", "varnothing", "∅")));
    for (Function function : Function.values()) {
      names.put(function.latex(), function.latex());
    }
    return Map.copyOf(names);
  }

  /** Of lists that begin with the spelling that is used from here on. */
  @SafeVarargs
  private static Map<String, String> spellings(List<String>... meanings) {
    Map<String, String> spellings = new HashMap<>();
    for (List<String> meaning : meanings) {
      for (String spelling : new HashSet<>(meaning.subList(1, meaning.size()))) {
        spellings.put(spelling, meaning.get(0));
      }
    }
    return Map.copyOf(spellings);
  }
}
