package io.hone.kernels.tokenizer;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import com.hubspot.jinjava.el.JinjavaProcessors;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.interpret.InterpreterFactory;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.AdvancedFilter;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import com.hubspot.jinjava.lib.tag.ForTag;
import com.hubspot.jinjava.lib.tag.IfTag;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.objects.SafeString;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import jinjava.javax.el.CompositeELResolver;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;
import jinjava.javax.el.ExpressionFactory;

/**
 * Jinja as transformers sets it up for chat templates, on Jinjava. Where Jinjava's own filters and
 * string methods are Java's, those of Python replace them; what reads other files or evaluates text
 * as a template is taken away; and a rendering is bounded in output and in steps. Not thread-safe.
 */
final class JinjaEnvironment {
  /** Characters of a rendered conversation, and of any string on the way. */
  private static final int MAX_CHARACTERS = 1 << 24;

  /** Elements of any list or map. */
  private static final int MAX_ELEMENTS = 1 << 16;

  /** Template nodes rendered; a conversation of a thousand messages takes some ten thousand. */
  private static final int MAX_STEPS = 1_000_000;

  private static final Map<Library, Set<String>> DISABLED =
      Map.of(
          Library.TAG, Set.of("include", "import", "from", "extends"),
          Library.FILTER, Set.of("render", "random", "shuffle"));

  private final Jinjava jinjava;
  private int steps;

  JinjaEnvironment() {
    JinjavaConfig config =
        JinjavaConfig.newBuilder()
            // It would evaluate braces in what users write.
            .withNestedInterpretationEnabled(false)
            .withLegacyOverrides(
                LegacyOverrides.newBuilder()
                    .withParseWhitespaceControlStrictly(true)
                    .withUsePyishObjectMapper(true)
                    .withEvaluateMapKeys(true)
                    .withIterateOverMapKeys(true)
                    .withUseNaturalOperatorPrecedence(true)
                    .withAllowAdjacentTextNodes(true)
                    .withUseTrimmingForNotesAndExpressions(true)
                    .withKeepNullableLoopValues(true)
                    .withHandleBackslashInQuotesOnly(true)
                    .build())
            .withInterperterFactory(new PlainTextInterpreters())
            .withElResolver(elResolver())
            .withDisabled(DISABLED)
            .withMaxOutputSize(MAX_CHARACTERS)
            .withMaxStringLength(MAX_CHARACTERS)
            .withMaxListSize(MAX_ELEMENTS)
            .withMaxMapSize(MAX_ELEMENTS)
            .withProcessors(
                JinjavaProcessors.newBuilder().withNodePreProcessor(this::countStep).build())
            .build();
    jinjava =
        new Jinjava(config) {
          private final ExpressionFactory expressions = PythonSyntax.expressionFactory();

          @Override
          public ExpressionFactory getExpressionFactory() {
            return expressions;
          }
        };
    jinjava.setResourceLocator(
        (name, encoding, interpreter) -> {
          throw new TemplateFailure("a template cannot read the file " + name);
        });
    registerFilter("trim", JinjaEnvironment::trim);
    registerFilter("tojson", JinjaEnvironment::toJson);
    registerFilter("default", JinjaEnvironment::orDefault);
    registerFilter("string", (value, arguments) -> PythonSemantics.print(value));
    registerTest("iterable", JinjaEnvironment::isIterable);
    registerTest("sequence", JinjaEnvironment::isIterable);
    jinjava.registerTag(new GenerationTag());
    jinjava.registerTag(new PythonIfTag());
    jinjava.registerTag(new StrictForTag());
    jinjava.registerFunction(
        new ELFunctionDefinition(
            "", "raise_exception", JinjaEnvironment.class, "raiseException", String.class));
  }

  RenderResult render(String template, Map<String, Object> variables) {
    steps = 0;
    return jinjava.renderForResult(template, variables);
  }

  /** What {@code raise_exception} of templates does; public only for reflection. */
  public static String raiseException(String message) {
    throw new TemplateFailure(message);
  }

  private void countStep(Node node, JinjavaInterpreter interpreter) {
    steps++;
    if (steps > MAX_STEPS) {
      throw new TemplateFailure("the template takes more than " + MAX_STEPS + " steps");
    }
  }

  private static Object trim(Object value, List<Object> arguments) {
    return value instanceof String text ? PythonStrings.call(text, "strip", arguments) : value;
  }

  private static Object toJson(Object value, List<Object> arguments) {
    if (!arguments.isEmpty()) {
      throw new TemplateFailure("the filter 'tojson' is not supported with arguments");
    }
    return PythonJson.write(value);
  }

  /** {@code default(value, evenIfFalse)}; Jinjava's own turns the value into text. */
  private static Object orDefault(Object value, List<Object> arguments) {
    Object replacement = arguments.isEmpty() ? "" : arguments.get(0);
    boolean evenIfFalse = arguments.size() > 1 && PythonSemantics.isTrue(arguments.get(1));
    boolean keeps = evenIfFalse ? PythonSemantics.isTrue(value) : value != null;
    return keeps ? value : replacement;
  }

  private static boolean isIterable(Object value) {
    return value instanceof String || value instanceof Iterable<?> || value instanceof Map<?, ?>;
  }

  private static ELResolver elResolver() {
    CompositeELResolver resolver =
        new CompositeELResolver() {
          @Override
          public Object invoke(
              ELContext context,
              Object base,
              Object method,
              Class<?>[] parameterTypes,
              Object[] parameters) {
            if (base instanceof String || base instanceof SafeString) {
              context.setPropertyResolved(true);
              List<Object> arguments = parameters == null ? List.of() : Arrays.asList(parameters);
              return PythonStrings.call(base.toString(), method.toString(), arguments);
            }
            return super.invoke(context, base, method, parameterTypes, parameters);
          }
        };
    resolver.add(JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY);
    return resolver;
  }

  private void registerFilter(String name, BiFunction<Object, List<Object>, Object> filter) {
    jinjava.registerFilter(
        new AdvancedFilter() {
          @Override
          public String getName() {
            return name;
          }

          @Override
          public Object filter(
              Object value,
              JinjavaInterpreter interpreter,
              Object[] arguments,
              Map<String, Object> namedArguments) {
            if (!namedArguments.isEmpty()) {
              throw new TemplateFailure(
                  "the filter '"
                      + name
                      + "' is not supported with the arguments "
                      + namedArguments.keySet());
            }
            Object plain = value instanceof SafeString safe ? safe.toString() : value;
            return filter.apply(plain, Arrays.asList(arguments));
          }
        });
  }

  private void registerTest(String name, Predicate<Object> test) {
    jinjava.registerExpTest(
        new ExpTest() {
          @Override
          public String getName() {
            return name;
          }

          @Override
          public boolean evaluate(
              Object value, JinjavaInterpreter interpreter, Object... arguments) {
            return test.test(value);
          }
        });
  }

  /** Jinjava writes text through JSON, which escapes control characters. */
  private static final class PlainTextInterpreter extends JinjavaInterpreter {
    PlainTextInterpreter(Jinjava jinjava, Context context, JinjavaConfig config) {
      super(jinjava, context, config);
    }

    PlainTextInterpreter(JinjavaInterpreter original) {
      super(original);
    }

    @Override
    public String getAsString(Object value) {
      return PythonSemantics.print(value);
    }
  }

  private static final class PlainTextInterpreters implements InterpreterFactory {
    @Override
    public JinjavaInterpreter newInstance(JinjavaInterpreter original) {
      return new PlainTextInterpreter(original);
    }

    @Override
    public JinjavaInterpreter newInstance(Jinjava jinjava, Context context, JinjavaConfig config) {
      return new PlainTextInterpreter(jinjava, context, config);
    }
  }

  private static final class PythonIfTag extends IfTag {
    private static final long serialVersionUID = 1;

    @Override
    public boolean isPositiveIfElseNode(TagNode tag, JinjavaInterpreter interpreter) {
      return PythonSemantics.isTrue(
          interpreter.resolveELExpression(tag.getHelpers(), tag.getLineNumber()));
    }
  }

  /** Jinjava renders nothing for the forms of {@code for} that it does not know. */
  private static final class StrictForTag extends ForTag {
    private static final long serialVersionUID = 1;
    private static final Pattern CONDITION =
        Pattern.compile("\\sif\\s(?!.*\\selse\\s)", Pattern.DOTALL);

    @Override
    public String interpretUnchecked(TagNode tag, JinjavaInterpreter interpreter) {
      if (CONDITION.matcher(tag.getHelpers()).find()) {
        throw new TemplateFailure("a condition in the tag 'for' is not supported");
      }
      if (tag.getChildren().stream().anyMatch(child -> "else".equals(child.getName()))) {
        throw new TemplateFailure("'else' of the tag 'for' is not supported");
      }
      return super.interpretUnchecked(tag, interpreter);
    }
  }

  /** Transformers' mark around the assistant's words, for masks; renders what is inside. */
  private static final class GenerationTag implements Tag {
    private static final long serialVersionUID = 1;

    @Override
    public String getName() {
      return "generation";
    }

    @Override
    public String interpret(TagNode tag, JinjavaInterpreter interpreter) {
      StringBuilder inside = new StringBuilder();
      for (Node child : tag.getChildren()) {
        inside.append(child.render(interpreter));
      }
      return inside.toString();
    }
  }
}
