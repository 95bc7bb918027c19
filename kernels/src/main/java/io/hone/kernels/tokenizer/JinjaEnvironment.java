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
import com.hubspot.jinjava.lib.Importable;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import com.hubspot.jinjava.objects.SafeString;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jinjava.javax.el.CompositeELResolver;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;
import jinjava.javax.el.ExpressionFactory;

/**
 * Jinja as transformers sets it up for chat templates, on Jinjava: expressions, filters, tags and
 * string methods mean what they mean in Python; what is not on the lists of what means the same, or
 * reaches outside of the template, is taken away; and a rendering is bounded in output and in
 * steps. Not thread-safe.
 */
final class JinjaEnvironment {
  /**
   * Template nodes rendered and rounds of loops; a conversation of a thousand messages takes some
   * ten thousand.
   */
  private static final int MAX_STEPS = 1_000_000;

  private static final Set<String> KEPT_FUNCTIONS = Set.of(":range", ":namespace");

  private final Jinjava jinjava;
  private long steps;

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
            .withInterperterFactory(new PythonInterpreters())
            .withElResolver(elResolver())
            .withDisabled(disabled())
            .withMaxOutputSize(PythonSemantics.MAX_CHARACTERS)
            .withMaxStringLength(PythonSemantics.MAX_CHARACTERS)
            .withMaxListSize(PythonSemantics.MAX_ELEMENTS)
            .withMaxMapSize(PythonSemantics.MAX_ELEMENTS)
            .withProcessors(
                JinjavaProcessors.newBuilder()
                    .withNodePreProcessor((node, interpreter) -> countSteps(1))
                    .build())
            .build();
    jinjava =
        new Jinjava(config) {
          private final ExpressionFactory expressions = PythonSyntax.expressionFactory();

          @Override
          public ExpressionFactory getExpressionFactory() {
            return expressions;
          }
        };
    PythonFilters.all().forEach(jinjava::registerFilter);
    JinjaTags.all(this::countSteps).forEach(jinjava::registerTag);
    jinjava.registerExpTest(new IterableTest("iterable"));
    jinjava.registerExpTest(new IterableTest("sequence"));
    jinjava.registerFunction(
        new ELFunctionDefinition(
            "", "raise_exception", JinjaEnvironment.class, "raiseException", String.class));
    jinjava.registerFunction(
        new ELFunctionDefinition(
            "", "range", JinjaEnvironment.class, "range", Object.class, Object[].class));
  }

  /** Renders, reporting failures in the result. */
  RenderResult render(String template, Map<String, Object> variables) {
    steps = 0;
    return jinjava.renderForResult(template, variables);
  }

  /** What {@code raise_exception} of templates does; public only for reflection. */
  public static String raiseException(String message) {
    throw new TemplateFailure(message);
  }

  /**
   * Python's {@code range}, where Jinjava stops at its limit without a word; public only for
   * reflection.
   */
  public static List<Object> range(Object first, Object... others) {
    return PythonSemantics.range(first, others);
  }

  private void countSteps(int count) {
    steps += count;
    if (steps > MAX_STEPS) {
      throw new TemplateFailure("the template takes more than " + MAX_STEPS + " steps");
    }
  }

  private static Map<Library, Set<String>> disabled() {
    Context all = new Jinjava().getGlobalContextCopy();
    return Map.of(
        Library.TAG,
        without(all.getAllTags(), JinjaTags.KEPT, JinjaTags.all(steps -> {})),
        Library.FILTER,
        without(all.getAllFilters(), PythonFilters.KEPT, PythonFilters.all()),
        Library.FUNCTION,
        without(all.getAllFunctions(), KEPT_FUNCTIONS, List.of()));
  }

  private static Set<String> without(
      Collection<? extends Importable> all,
      Set<String> kept,
      Collection<? extends Importable> replaced) {
    Set<String> names = all.stream().map(Importable::getName).collect(Collectors.toSet());
    names.removeAll(kept);
    replaced.forEach(replacement -> names.remove(replacement.getName()));
    return names;
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

  /** Text is iterable in Python. */
  private record IterableTest(String name) implements ExpTest {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean evaluate(Object value, JinjavaInterpreter interpreter, Object... arguments) {
      return value instanceof String || value instanceof Iterable<?> || value instanceof Map<?, ?>;
    }
  }

  private static final class PythonInterpreter extends JinjavaInterpreter {
    PythonInterpreter(Jinjava jinjava, Context context, JinjavaConfig config) {
      super(jinjava, context, config);
    }

    PythonInterpreter(JinjavaInterpreter original) {
      super(original);
    }

    @Override
    public String getAsString(Object value) {
      return PythonSemantics.print(value);
    }
  }

  private static final class PythonInterpreters implements InterpreterFactory {
    @Override
    public JinjavaInterpreter newInstance(JinjavaInterpreter original) {
      return new PythonInterpreter(original);
    }

    @Override
    public JinjavaInterpreter newInstance(Jinjava jinjava, Context context, JinjavaConfig config) {
      return new PythonInterpreter(jinjava, context, config);
    }
  }
}
