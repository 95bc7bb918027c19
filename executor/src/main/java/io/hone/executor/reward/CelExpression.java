package io.hone.executor.reward;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Validated;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An expression of the user over the row, the completion and earlier scores. Safe for use by
 * several threads, and without access to anything else.
 */
final class CelExpression implements Combination.OfMember {
  private static final int MOST_CHARACTERS = 4096;
  private static final int MOST_ITERATIONS = 10_000;
  private static final CelOptions LIMITS =
      CelOptions.current()
          .maxExpressionCodePointSize(MOST_CHARACTERS)
          .comprehensionMaxIterations(MOST_ITERATIONS)
          .enableHeterogeneousNumericComparisons(true)
          .build();
  private static final Set<CelType> RESULTS =
      Set.of(SimpleType.DOUBLE, SimpleType.INT, SimpleType.UINT, SimpleType.BOOL, SimpleType.DYN);
  private static final Cel CEL =
      CelFactory.standardCelBuilder()
          .setOptions(LIMITS)
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addCompilerLibraries(CelExtensions.strings(), CelExtensions.math(LIMITS))
          .addRuntimeLibraries(CelExtensions.strings(), CelExtensions.math(LIMITS))
          .addVar("prompt", SimpleType.STRING)
          .addVar("completion", SimpleType.STRING)
          .addVar("row", MapType.create(SimpleType.STRING, SimpleType.DYN))
          .addVar("scores", MapType.create(SimpleType.STRING, SimpleType.DOUBLE))
          .addVar("confidences", MapType.create(SimpleType.STRING, SimpleType.DOUBLE))
          .addVar("tokens", SimpleType.INT)
          .addVar("truncated", SimpleType.BOOL)
          .build();

  private final Options options;
  private final CelRuntime.Program program;

  CelExpression(Options options) {
    this.options = options;
    try {
      this.program = CEL.createProgram(compile(options.expression()));
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalArgumentException("not a checked expression: " + options.expression(), e);
    }
  }

  private static CelAbstractSyntaxTree compile(String expression) throws CelValidationException {
    return CEL.compile(expression).getAst();
  }

  @Override
  public Score score(Scored member) {
    Map<String, Double> scores = new LinkedHashMap<>();
    Map<String, Double> confidences = new LinkedHashMap<>();
    for (String input : options.of()) {
      Score score = member.score(input);
      if (!score.valid()) {
        return Combination.missing(input, score);
      }
      scores.put(input, score.value());
      confidences.put(input, score.confidence());
    }
    Sample sample = member.sample();
    try {
      return score(
          program.eval(
              name ->
                  switch (name) {
                    case "prompt" -> Optional.of(sample.prompt());
                    case "completion" -> Optional.of(sample.completion());
                    case "row" -> Optional.of(CelValues.of(sample.columns()));
                    case "scores" -> Optional.of(scores);
                    case "confidences" -> Optional.of(confidences);
                    case "tokens" -> tokens(sample);
                    case "truncated" -> Optional.of(sample.truncated());
                    default -> Optional.empty();
                  }));
    } catch (CelEvaluationException e) {
      throw new UnscorableException("the expression has no value: " + e.getMessage());
    }
  }

  private static Optional<Object> tokens(Sample sample) {
    if (sample.completionTokens() == Sample.UNKNOWN) {
      throw new UnscorableException("the completion's tokens are not known here");
    }
    return Optional.of((long) sample.completionTokens());
  }

  private static Score score(Object value) {
    if (value instanceof Boolean truth) {
      return Score.of(truth ? 1 : 0);
    }
    if (value instanceof Number number) {
      return Score.of(number.doubleValue());
    }
    throw new UnscorableException(
        "the expression gave "
            + value.getClass().getSimpleName()
            + " (expected a number, or true or false)");
  }

  @Doc(
      "An expression over the row, the completion and earlier scores, in CEL (the Common Expression Language, with its"
          + " extensions for strings and math). It knows `prompt`, `completion`, the columns `row.name` or `row[\"name\"]`,"
          + " `scores[\"name\"]` and `confidences[\"name\"]` of the components in `of`, `tokens` (the length of the"
          + " completion) and `truncated`; its value is a number, or true for 1 and false for 0. Whole numbers and"
          + " decimals do not mix: `double(row.level) * 0.5`. The pattern of `matches`, and what `replace` puts in, are"
          + " written out. What fails, such as a column that is not there, gives no"
          + " score. Example: `scores[\"correct\"] * (size(completion) < 400 ? 1.0 : 0.5)`.")
  record Options(
      @Doc("The expression.") String expression,
      @Doc("Names of components before this one that it reads.") @Default("[]") List<String> of)
      implements Combination.Options, Validated {
    Options {
      of = List.copyOf(of);
    }

    @Override
    public List<String> inputs() {
      return of;
    }

    @Override
    public void validate(Problems problems) {
      try {
        CelAbstractSyntaxTree compiled = compile(expression);
        CelPatterns.report(compiled, problems);
        CelType result = compiled.getResultType();
        if (!RESULTS.contains(result)) {
          problems.add(
              "expression", "gives " + result.name() + " (expected a number, or true or false)");
        }
      } catch (CelValidationException e) {
        problems.add("expression", "is not CEL: " + e.getMessage().strip());
      }
    }
  }
}
