package io.hone.executor.reward.math;

import io.hone.executor.reward.math.MathAnswer.Group;
import io.hone.executor.reward.math.MathAnswer.Kind;
import io.hone.executor.reward.math.MathAnswer.Relation;
import io.hone.executor.reward.math.MathAnswer.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Parses answers: expressions with units, and lists, sets, points, intervals, unions, matrices,
 * equations and inequalities of them.
 */
final class MathParser {
  private static final Set<String> RELATIONS = Set.of("=", "<", ">", "≤", "≥", "≠");
  private static final int MAX_DEPTH = 20;

  private final Tokens tokens;
  private final ExpressionParser expressions;
  private int depth;

  private MathParser(List<Token> tokens, Percent percent) {
    this.tokens = new Tokens(tokens);
    this.expressions = new ExpressionParser(this.tokens, percent);
  }

  /**
   * What an answer may mean: two things where {@code 1,234} may be a number or a list, else one;
   * none if it is not understood.
   */
  static List<MathAnswer> readings(String text, Percent percent) {
    Set<List<Token>> spellings = new LinkedHashSet<>();
    List<MathAnswer> readings = new ArrayList<>();
    for (boolean commasGroup : new boolean[] {true, false}) {
      try {
        List<Token> tokens = Lexer.tokens(text, commasGroup);
        if (spellings.add(tokens)) {
          readings.add(bothSigns(tokens, percent));
        }
      } catch (UnreadableException e) {
        // The other spelling may be readable; if none is, there is no reading.
      }
    }
    return readings;
  }

  /** {@code 1 ± 2} is the list of {@code 1 + 2} and {@code 1 - 2}. */
  private static MathAnswer bothSigns(List<Token> tokens, Percent percent) {
    if (tokens.stream().noneMatch(token -> token.is("±") || token.is("∓"))) {
      return new MathParser(tokens, percent).whole();
    }
    List<MathAnswer> items = new ArrayList<>();
    for (boolean upper : new boolean[] {true, false}) {
      List<Token> signed = tokens.stream().map(token -> withSign(token, upper)).toList();
      items.add(new MathParser(signed, percent).whole());
    }
    return new Group(Kind.LIST, items);
  }

  private static Token withSign(Token token, boolean upper) {
    if (token.is("±") || token.is("∓")) {
      return Token.of(Token.Kind.SYMBOL, token.is("±") == upper ? "+" : "-");
    }
    return token;
  }

  private MathAnswer whole() {
    List<MathAnswer> items = items();
    if (tokens.peek() != Token.END) {
      throw new UnreadableException("'" + tokens.peek().text() + "' is too much");
    }
    return items.size() == 1 ? items.get(0) : new Group(Kind.LIST, items);
  }

  private List<MathAnswer> items() {
    List<MathAnswer> items = new ArrayList<>();
    do {
      items.add(relation());
    } while (tokens.take(","));
    return items;
  }

  private MathAnswer relation() {
    List<MathAnswer> sides = new ArrayList<>(List.of(union()));
    List<String> operators = new ArrayList<>();
    while (RELATIONS.contains(tokens.peek().text())) {
      operators.add(tokens.take().text());
      sides.add(union());
    }
    if (tokens.take("≈")) {
      MathAnswer approximate = union();
      // Behind an equation, it is there for information.
      if (operators.isEmpty()) {
        operators.add("=");
        sides.add(approximate);
      }
    }
    if (operators.isEmpty()) {
      // Of "x in A" only the set is the answer.
      return tokens.take("∈") ? union() : sides.get(0);
    }
    return new Relation(sides, operators);
  }

  private MathAnswer union() {
    List<MathAnswer> parts = new ArrayList<>();
    do {
      parts.add(side());
    } while (tokens.take("∪"));
    return parts.size() == 1 ? parts.get(0) : new Group(Kind.UNION, parts);
  }

  private MathAnswer side() {
    if (++depth > MAX_DEPTH) {
      throw new UnreadableException("sets are nested more than " + MAX_DEPTH + " deep");
    }
    MathAnswer side = startsGroup() ? group() : value();
    depth--;
    return side;
  }

  private MathAnswer value() {
    if (tokens.peek().isName("emptyset")) {
      tokens.take();
      return new Group(Kind.SET, List.of());
    }
    Expression expression = expressions.sum();
    return new Value(expression, tokens.takeUnit());
  }

  /** Whether a bracket comes next that holds several answers, and not a part of an expression. */
  private boolean startsGroup() {
    Token next = tokens.peek();
    if (next.is("\\{") || next.is("begin")) {
      return true;
    }
    if (!next.is("(") && !next.is("[") && !next.is("{")) {
      return false;
    }
    int open = 0;
    for (int distance = 0; tokens.peek(distance) != Token.END; distance++) {
      Token token = tokens.peek(distance);
      if (token.is("(") || token.is("[") || token.is("{") || token.is("\\{")) {
        open++;
      } else if (token.is(")") || token.is("]") || token.is("}") || token.is("\\}")) {
        open--;
      }
      if (open == 0) {
        return false;
      }
      if (open == 1 && token.is(",")) {
        return true;
      }
    }
    return false;
  }

  private MathAnswer group() {
    String opening = tokens.take().text();
    if (opening.equals("begin")) {
      return matrix();
    }
    if (opening.equals("\\{") && tokens.take("\\}")) {
      return new Group(Kind.SET, List.of());
    }
    List<MathAnswer> items = items();
    String closing = tokens.take().text();
    Kind kind =
        switch (opening + closing) {
          case "\\{\\}", "{}" -> Kind.SET;
          case "()" -> Kind.ROUND;
          case "[]" -> Kind.SQUARE;
          case "(]" -> Kind.OPEN_BELOW;
          case "[)" -> Kind.OPEN_ABOVE;
          default ->
              throw new UnreadableException("'" + closing + "' does not close '" + opening + "'");
        };
    return new Group(kind, items);
  }

  /** Rows of items; a single row or column is a vector. */
  private MathAnswer matrix() {
    matrixName();
    List<MathAnswer> rows = new ArrayList<>();
    do {
      List<MathAnswer> items = new ArrayList<>();
      do {
        items.add(value());
      } while (tokens.take("&"));
      rows.add(items.size() == 1 ? items.get(0) : new Group(Kind.ROUND, items));
    } while (tokens.take("\\\\") && !tokens.peek().is("end"));
    tokens.expect("end");
    matrixName();
    boolean isColumn = rows.stream().allMatch(Value.class::isInstance);
    if (rows.size() == 1) {
      return rows.get(0);
    }
    return new Group(isColumn ? Kind.ROUND : Kind.MATRIX, rows);
  }

  private void matrixName() {
    tokens.expect("{");
    Token name = tokens.take();
    if (name.kind() != Token.Kind.WORD || !name.text().endsWith("matrix")) {
      throw new UnreadableException("'" + name.text() + "' is no matrix");
    }
    tokens.expect("}");
  }
}
