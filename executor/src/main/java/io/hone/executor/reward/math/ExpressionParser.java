package io.hone.executor.reward.math;

import io.hone.executor.reward.math.Expression.Call;
import io.hone.executor.reward.math.Expression.Constant;
import io.hone.executor.reward.math.Expression.Number;
import io.hone.executor.reward.math.Expression.Operation;
import io.hone.executor.reward.math.Expression.Variable;
import io.hone.executor.reward.math.Token.Kind;
import java.util.Optional;

/**
 * Parses expressions by recursive descent: sums of products of signed powers of atoms, with
 * multiplication that is not written ({@code 2x}), mixed numbers and the fractions, roots,
 * binomials and functions of LaTeX.
 */
final class ExpressionParser {
  private static final int MAX_DEPTH = 100;
  private static final Expression MINUS_ONE = Expression.of(-1);
  private static final Expression DEGREE =
      new Operation(Operator.OVER, Constant.PI, Expression.of(180));

  private final Tokens tokens;
  private final Percent percent;
  private int depth;
  private int functions;
  private int bars;

  ExpressionParser(Tokens tokens, Percent percent) {
    this.tokens = tokens;
    this.percent = percent;
  }

  /**
   * Takes the longest expression that comes next.
   *
   * @throws UnreadableException if none does, or it is nested too deeply
   */
  Expression sum() {
    enter();
    Expression sum = product();
    while (tokens.peek().is("+") || tokens.peek().is("-")) {
      Operator operator = tokens.take().is("+") ? Operator.PLUS : Operator.MINUS;
      sum = new Operation(operator, sum, product());
    }
    depth--;
    return sum;
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw new UnreadableException("nested more than " + MAX_DEPTH + " deep");
    }
  }

  private Expression product() {
    Expression product = signed();
    while (true) {
      if (tokens.take("*")) {
        product = new Operation(Operator.TIMES, product, signed());
      } else if (tokens.take("/")) {
        product = new Operation(Operator.OVER, product, signed());
      } else if (startsFactor()) {
        product = new Operation(Operator.TIMES, product, power());
      } else {
        return product;
      }
    }
  }

  /** Whether what comes next multiplies what stands before it without a sign for it. */
  private boolean startsFactor() {
    Token next = tokens.peek();
    return next.kind() == Kind.VARIABLE
        || (next.kind() == Kind.NAME && !next.isName("emptyset"))
        || next.is("(")
        || next.is("{")
        || (next.is("|") && bars == 0);
  }

  private Expression signed() {
    if (tokens.peek().is("+") || tokens.peek().is("-")) {
      enter();
      boolean negative = tokens.take().is("-");
      Expression operand = signed();
      depth--;
      return negative ? negated(operand) : operand;
    }
    return power();
  }

  private static Expression negated(Expression operand) {
    return operand instanceof Number number
        ? new Number(number.value().negated())
        : new Operation(Operator.TIMES, MINUS_ONE, operand);
  }

  private Expression power() {
    return raised(atom());
  }

  /** What stands behind a base: exponents, factorials, degrees and percent signs. */
  private Expression raised(Expression base) {
    Expression result = base;
    while (true) {
      if (tokens.takeDegree()) {
        result = functions > 0 ? new Operation(Operator.TIMES, result, DEGREE) : result;
      } else if (tokens.take("^")) {
        result = new Operation(Operator.POWER, result, exponent());
      } else if (tokens.take("!")) {
        result = new Call(Function.FACTORIAL, result);
      } else if (tokens.take("%")) {
        result =
            percent == Percent.HUNDREDTHS
                ? new Operation(Operator.OVER, result, Expression.of(100))
                : result;
      } else {
        return result;
      }
    }
  }

  /** Binds to the right: {@code a^b^c} is {@code a^(b^c)}. */
  private Expression exponent() {
    enter();
    boolean negative = tokens.take("-");
    Expression exponent = atom();
    if (tokens.take("^")) {
      exponent = new Operation(Operator.POWER, exponent, exponent());
    }
    depth--;
    return negative ? negated(exponent) : exponent;
  }

  private Expression atom() {
    Token next = tokens.take();
    return switch (next.kind()) {
      case NUMBER -> mixed(next);
      case VARIABLE -> next.text().equals("e") ? Constant.E : new Variable(next.text());
      case NAME -> named(next.text());
      case SYMBOL -> bracketed(next.text());
      case WORD, END -> throw new UnreadableException("a number or variable is missing");
    };
  }

  /** A number, or one with a fraction behind it. */
  private Expression mixed(Token number) {
    Optional<Rational> part = number.isWhole() ? tokens.takeProperFraction() : Optional.empty();
    return new Number(part.map(number.number()::plus).orElse(number.number()));
  }

  private Expression bracketed(String symbol) {
    return switch (symbol) {
      case "(" -> closed(")");
      case "[" -> closed("]");
      case "{" -> closed("}");
      case "|" -> {
        bars++;
        Expression inside = closed("|");
        bars--;
        yield new Call(Function.ABS, inside);
      }
      default -> throw new UnreadableException("'" + symbol + "' begins no expression");
    };
  }

  private Expression closed(String bracket) {
    int outerBars = bars;
    bars = bracket.equals("|") ? bars : 0;
    Expression inside = sum();
    bars = outerBars;
    tokens.expect(bracket);
    return inside;
  }

  private Expression named(String name) {
    return switch (name) {
      case "pi" -> Constant.PI;
      case "infinity" -> Constant.INFINITY;
      case "frac" -> new Operation(Operator.OVER, argument(), argument());
      case "binom" -> binomial(argument(), argument());
      case "sqrt" -> {
        Expression degree = tokens.take("[") ? closed("]") : Expression.of(2);
        yield new Operation(Operator.ROOT, degree, tight());
      }
      default ->
          call(
              Function.named(name)
                  .orElseThrow(() -> new UnreadableException(name + " begins no expression")));
    };
  }

  /** What a command takes: a group in braces or, as in {@code \frac12}, one digit or letter. */
  private Expression argument() {
    tokens.splitDigits();
    return tight();
  }

  /** An atom, without what stands behind it. */
  private Expression tight() {
    enter();
    Expression atom = atom();
    depth--;
    return atom;
  }

  private static Expression binomial(Expression set, Expression subset) {
    Expression rest = new Operation(Operator.MINUS, set, subset);
    Expression orders =
        new Operation(
            Operator.TIMES,
            new Call(Function.FACTORIAL, subset),
            new Call(Function.FACTORIAL, rest));
    return new Operation(Operator.OVER, new Call(Function.FACTORIAL, set), orders);
  }

  private Expression call(Function function) {
    enter();
    Expression base = function == Function.LOG && tokens.take("_") ? tight() : null;
    Expression exponent = tokens.take("^") ? exponent() : null;
    Function applied = function;
    if (MINUS_ONE.equals(exponent)) {
      applied = function.inverse().orElse(function);
      exponent = applied == function ? exponent : null;
    }
    functions++;
    Expression operand = operand();
    functions--;
    depth--;
    Expression call =
        base == null
            ? new Call(applied, operand)
            : new Operation(
                Operator.OVER, new Call(Function.LN, operand), new Call(Function.LN, base));
    return exponent == null ? call : new Operation(Operator.POWER, call, exponent);
  }

  /** What a function is applied to: a bracket, or a product such as {@code 2x} up to a sign. */
  private Expression operand() {
    if (tokens.peek().is("(") || tokens.peek().is("{") || tokens.peek().is("[")) {
      return atom();
    }
    Expression operand = tokens.take("-") ? negated(power()) : power();
    while (startsFactor() && !isFunction(tokens.peek())) {
      operand = new Operation(Operator.TIMES, operand, power());
    }
    return operand;
  }

  private static boolean isFunction(Token token) {
    return token.kind() == Kind.NAME && Function.named(token.text()).isPresent();
  }
}
