package io.hone.kernels.tokenizer;

import com.hubspot.jinjava.el.ExtendedSyntaxBuilder;
import com.hubspot.jinjava.el.TruthyTypeConverter;
import com.hubspot.jinjava.el.ext.AdditionOperator;
import com.hubspot.jinjava.el.ext.AstNamedParameter;
import com.hubspot.jinjava.el.ext.CollectionMembershipOperator;
import com.hubspot.jinjava.el.ext.CollectionNonMembershipOperator;
import com.hubspot.jinjava.el.ext.ExtendedParser;
import com.hubspot.jinjava.el.ext.ExtendedScanner;
import com.hubspot.jinjava.el.ext.NamedParameterOperator;
import com.hubspot.jinjava.el.ext.StringConcatOperator;
import com.hubspot.jinjava.objects.SafeString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import jinjava.de.odysseus.el.ExpressionFactoryImpl;
import jinjava.de.odysseus.el.misc.TypeConverter;
import jinjava.de.odysseus.el.tree.Bindings;
import jinjava.de.odysseus.el.tree.TreeStore;
import jinjava.de.odysseus.el.tree.impl.Builder;
import jinjava.de.odysseus.el.tree.impl.Cache;
import jinjava.de.odysseus.el.tree.impl.Parser;
import jinjava.de.odysseus.el.tree.impl.Scanner;
import jinjava.de.odysseus.el.tree.impl.Scanner.ScanException;
import jinjava.de.odysseus.el.tree.impl.Scanner.Symbol;
import jinjava.de.odysseus.el.tree.impl.ast.AstBinary;
import jinjava.de.odysseus.el.tree.impl.ast.AstBracket;
import jinjava.de.odysseus.el.tree.impl.ast.AstDot;
import jinjava.de.odysseus.el.tree.impl.ast.AstIdentifier;
import jinjava.de.odysseus.el.tree.impl.ast.AstNode;
import jinjava.de.odysseus.el.tree.impl.ast.AstParameters;
import jinjava.de.odysseus.el.tree.impl.ast.AstProperty;
import jinjava.de.odysseus.el.tree.impl.ast.AstRightValue;
import jinjava.de.odysseus.el.tree.impl.ast.AstUnary;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ExpressionFactory;

/**
 * Jinja's expressions as Jinja2 parses and evaluates them, where Jinjava differs: {@code not} binds
 * looser than comparisons and tests, a named argument is a whole expression, slices have steps, and
 * truth, equality and plus are Python's.
 */
final class PythonSyntax {
  private static final int CACHED_EXPRESSIONS = 1000;

  private PythonSyntax() {}

  static ExpressionFactory expressionFactory() {
    return new ExpressionFactoryImpl(
        new TreeStore(new SyntaxBuilder(), new Cache(CACHED_EXPRESSIONS)), new PythonTruth());
  }

  private static final class PythonTruth extends TruthyTypeConverter {
    private static final long serialVersionUID = 1;

    @Override
    protected Boolean coerceToBoolean(Object value) {
      return PythonSemantics.isTrue(value);
    }
  }

  private static final class SyntaxBuilder extends ExtendedSyntaxBuilder {
    private static final long serialVersionUID = 1;

    SyntaxBuilder() {
      super(Feature.METHOD_INVOCATIONS, Feature.VARARGS);
    }

    @Override
    protected Parser createParser(String expression) {
      return new PythonParser(this, expression);
    }
  }

  private static final class PythonParser extends ExtendedParser {
    private static final AstBinary.Operator EQUAL = operator("==", PythonSemantics::areEqual);
    private static final AstBinary.Operator UNEQUAL =
        operator("!=", (left, right) -> !PythonSemantics.areEqual(left, right));
    private static final AstBinary.Operator ADD = operator("+", PythonSemantics::add);

    private static final AstBinary.Operator CONCATENATE =
        operator(
            "~",
            (left, right) ->
                PythonSemantics.concatenate(
                    PythonSemantics.print(left), PythonSemantics.print(right)));
    private static final AstBinary.Operator AND =
        (bindings, context, left, right) -> {
          Object first = left.eval(bindings, context);
          return PythonSemantics.isTrue(first) ? right.eval(bindings, context) : first;
        };

    PythonParser(Builder builder, String expression) {
      super(builder, expression);
      putExtensionHandler(
          StringConcatOperator.TOKEN,
          new ExtensionHandler(ExtensionPoint.ADD) {
            @Override
            public AstNode createAstNode(AstNode... operands) {
              return createAstBinary(operands[0], operands[1], CONCATENATE);
            }
          });
    }

    @Override
    protected Scanner createScanner(String expression) {
      return new PythonScanner(expression);
    }

    /** Filters and tests are read as properties too; an unknown one is undefined. */
    @Override
    protected AstDot createAstDot(AstNode base, String property, boolean leftValue) {
      return super.createAstDot(new Defined(base), property, leftValue);
    }

    @Override
    protected AstBracket createAstBracket(
        AstNode base, AstNode property, boolean leftValue, boolean strict) {
      return super.createAstBracket(new Defined(base), property, leftValue, strict);
    }

    @Override
    protected AstNode and(boolean required) throws ScanException, ParseException {
      AstNode node = negation(required);
      while (node != null && getToken().getSymbol() == Symbol.AND) {
        consumeToken();
        node = createAstBinary(node, negation(true), AND);
      }
      return node;
    }

    private AstNode negation(boolean required) throws ScanException, ParseException {
      if (getToken().getSymbol() != Symbol.NOT) {
        return eq(required);
      }
      consumeToken();
      return createAstUnary(negation(true), AstUnary.NOT);
    }

    /** Comparisons and memberships, all of one rank; {@code a < b < c} means both. */
    @Override
    protected AstNode eq(boolean required) throws ScanException, ParseException {
      AstNode left = add(required);
      AstNode result = null;
      while (left != null) {
        BinaryOperator<AstNode> comparison = comparison();
        if (comparison == null) {
          return result == null ? left : result;
        }
        AstNode right = add(true);
        AstNode pair = comparison.apply(left, right);
        result = result == null ? pair : createAstBinary(result, pair, AND);
        left = right;
      }
      return null;
    }

    /** Takes a comparison sign, if there is one; otherwise null. */
    private BinaryOperator<AstNode> comparison() throws ScanException, ParseException {
      AstBinary.Operator operator =
          switch (getToken().getSymbol()) {
            case EQ -> EQUAL;
            case NE -> UNEQUAL;
            case LT -> AstBinary.LT;
            case LE -> AstBinary.LE;
            case GT -> AstBinary.GT;
            case GE -> AstBinary.GE;
            default -> null;
          };
      if (operator != null) {
        consumeToken();
        return (left, right) -> createAstBinary(left, right, operator);
      }
      Scanner.ExtensionToken membership = CollectionMembershipOperator.TOKEN;
      boolean negated = getToken().getSymbol() == Symbol.NOT && lookahead(0) == membership;
      if (!negated && getToken() != membership) {
        return null;
      }
      consumeToken();
      if (negated) {
        consumeToken();
      }
      ExtensionHandler handler =
          getExtensionHandler(negated ? CollectionNonMembershipOperator.TOKEN : membership);
      return (left, right) -> handler.createAstNode(left, right);
    }

    @Override
    protected AstNode value() throws ScanException, ParseException {
      AstNode node = nonliteral();
      boolean leftValue = node != null;
      if (node == null) {
        node = literal();
      }
      while (node != null) {
        AstProperty property;
        if (getToken().getSymbol() == Symbol.DOT) {
          consumeToken();
          property = createAstDot(node, consumeToken(Symbol.IDENTIFIER).getImage(), leftValue);
        } else if (getToken().getSymbol() == Symbol.LBRACK) {
          consumeToken();
          AstNode index = expr(false);
          if (getToken().getSymbol() == Symbol.COLON) {
            node = slice(node, index);
            continue;
          }
          consumeToken(Symbol.RBRACK);
          property = createAstBracket(node, index, leftValue, true);
        } else {
          break;
        }
        boolean isCall = getToken().getSymbol() == Symbol.LPAREN;
        node = isCall ? createAstMethod(property, params()) : property;
      }
      return node;
    }

    /** The rest of {@code sequence[start:end:step]}, from the first colon on. */
    private AstNode slice(AstNode sequence, AstNode start) throws ScanException, ParseException {
      consumeToken(Symbol.COLON);
      AstNode end = expr(false);
      AstNode step = null;
      if (getToken().getSymbol() == Symbol.COLON) {
        consumeToken();
        step = expr(false);
      }
      consumeToken(Symbol.RBRACK);
      return new Slice(Arrays.asList(sequence, start, end, step));
    }

    @Override
    protected AstParameters params(Symbol left, Symbol right) throws ScanException, ParseException {
      consumeToken(left);
      List<AstNode> parameters = new ArrayList<>();
      AstNode parameter = parameter(false);
      while (parameter != null) {
        parameters.add(parameter);
        if (getToken().getSymbol() != Symbol.COMMA) {
          break;
        }
        consumeToken();
        parameter = parameter(false);
      }
      consumeToken(right);
      return createAstParameters(parameters);
    }

    private AstNode parameter(boolean required) throws ScanException, ParseException {
      if (getToken().getSymbol() != Symbol.IDENTIFIER
          || lookahead(0) != NamedParameterOperator.TOKEN) {
        return expr(required);
      }
      AstIdentifier name = identifier(consumeToken().getImage());
      consumeToken();
      return new AstNamedParameter(name, expr(true));
    }

    @Override
    protected AstBinary createAstBinary(AstNode left, AstNode right, AstBinary.Operator operator) {
      boolean isSum = operator == AdditionOperator.OP;
      return super.createAstBinary(left, right, isSum ? ADD : operator);
    }

    private static AstBinary.Operator operator(String sign, BinaryOperator<Object> function) {
      return new AstBinary.SimpleOperator() {
        @Override
        protected Object apply(TypeConverter converter, Object left, Object right) {
          return function.apply(plain(left), plain(right));
        }

        @Override
        public String toString() {
          return sign;
        }
      };
    }
  }

  /** Jinjava reads a plus before a digit as a sign, which 1+2 and index+1 have not. */
  private static final class PythonScanner extends ExtendedScanner {
    PythonScanner(String expression) {
      super(expression);
    }

    @Override
    protected Token nextEval() throws ScanException {
      return getInput().charAt(getPosition()) == '+' ? fixed(Symbol.PLUS) : super.nextEval();
    }
  }

  /** A value of which something is read; Jinjava reads nothing from nothing, Jinja2 fails. */
  private static final class Defined extends AstRightValue {
    private final AstNode value;

    Defined(AstNode value) {
      this.value = value;
    }

    @Override
    public Object eval(Bindings bindings, ELContext context) {
      Object result = value.eval(bindings, context);
      if (result == null) {
        throw new TemplateFailure(missing(value.toString()));
      }
      return result;
    }

    private static String missing(String name) {
      if (name.startsWith(ExtendedParser.FILTER_PREFIX)) {
        return "the filter '"
            + name.substring(ExtendedParser.FILTER_PREFIX.length())
            + "' is not supported";
      }
      if (name.startsWith(ExtendedParser.EXPTEST_PREFIX)) {
        return "the test '"
            + name.substring(ExtendedParser.EXPTEST_PREFIX.length())
            + "' is not supported";
      }
      return "'" + name + "' is undefined";
    }

    @Override
    public void appendStructure(StringBuilder structure, Bindings bindings) {
      value.appendStructure(structure, bindings);
    }

    @Override
    public int getCardinality() {
      return 1;
    }

    @Override
    public AstNode getChild(int index) {
      return value;
    }
  }

  /** Children: the sequence, then start, end and step, each null if left out. */
  private static final class Slice extends AstRightValue {
    private final List<AstNode> children;

    Slice(List<AstNode> children) {
      this.children = children;
    }

    @Override
    public Object eval(Bindings bindings, ELContext context) {
      Object[] values =
          children.stream()
              .map(child -> child == null ? null : child.eval(bindings, context))
              .toArray();
      return PythonSemantics.slice(plain(values[0]), values[1], values[2], values[3]);
    }

    @Override
    public void appendStructure(StringBuilder structure, Bindings bindings) {
      for (AstNode child : children) {
        structure.append(':');
        if (child != null) {
          child.appendStructure(structure, bindings);
        }
      }
    }

    @Override
    public int getCardinality() {
      return children.size();
    }

    @Override
    public AstNode getChild(int index) {
      return children.get(index);
    }
  }

  private static Object plain(Object value) {
    return value instanceof SafeString safe ? safe.toString() : value;
  }
}
