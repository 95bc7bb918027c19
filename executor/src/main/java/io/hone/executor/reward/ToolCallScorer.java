package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Validated;
import io.hone.executor.reward.answer.ToolCall;
import io.hone.executor.reward.answer.ToolCallMatch;
import io.hone.executor.reward.answer.ToolCalls;
import io.hone.executor.reward.answer.UnreadableCallException;
import java.util.List;
import java.util.Optional;

/** How far the calls of tools in a completion are those of the reference. */
final class ToolCallScorer implements Scorer {
  /** Each wanted call is compared with each found one; nobody asks for so many. */
  private static final int MOST_CALLS = 256;

  private final Options options;

  ToolCallScorer(Options options) {
    this.options = options;
  }

  @Override
  public Score score(Sample sample) {
    List<ToolCall> wanted = wanted(sample);
    if (wanted.isEmpty()) {
      return Score.of(0);
    }
    Optional<List<ToolCall>> found;
    try {
      found =
          ToolCalls.between(
              "<" + options.tag() + ">", "</" + options.tag() + ">", sample.completion());
    } catch (UnreadableCallException e) {
      found = Optional.empty();
    }
    if (found.isEmpty()) {
      return Score.of(options.minimum(), 0);
    }
    return Score.of(value(found.get(), wanted));
  }

  private double value(List<ToolCall> found, List<ToolCall> wanted) {
    if (ToolCallMatch.isExact(found, wanted)) {
      return options.maximum();
    }
    if (found.size() > MOST_CALLS) {
      return options.minimum();
    }
    double share =
        switch (options.granularity()) {
          case VALUES -> ToolCallMatch.ofValues(found, wanted, options.strict());
          case CALLS -> ToolCallMatch.ofCalls(found, wanted, options.strict());
          case ALL -> 0;
        };
    return options.minimum() + (options.maximum() - options.minimum()) * share;
  }

  private List<ToolCall> wanted(Sample sample) {
    Object value = sample.columns().get(options.reference());
    if (value == null) {
      throw new UnscorableException(
          "column '%s' is missing or null (expected calls of tools, or an empty list)"
              .formatted(options.reference()));
    }
    try {
      return ToolCalls.of(value);
    } catch (UnreadableCallException e) {
      throw new UnscorableException(
          "column '%s': %s (expected {\"name\", \"parameters\"}, or a list of those)"
              .formatted(options.reference(), e.getMessage()));
    }
  }

  @Doc(
      "How far the calls of tools between tags are those of the reference (the correctness reward of"
          + " ToolRL): by tools, names of parameters, and values. The same calls in the same order are worth"
          + " the maximum; no call, unreadable JSON or more than 256 calls the minimum; where none is wanted"
          + " it is 0. A call is `{\"name\": ..., \"parameters\": {...}}`, or with `arguments`; several"
          + " stand one after the other, in an array, or between tags of their own.")
  record Options(
      @Doc("Column with the right calls: JSON text, or a list; an empty list where none is wanted.")
          @Default("tool_calls")
          String reference,
      @Doc("Name of the tags around calls.") @Default("tool_call") String tag,
      @Doc("Least value.") @Default("-3") double minimum,
      @Doc("Greatest value.") @Default("3") double maximum,
      @Doc("What is compared.") @Default("values") Granularity granularity,
      @Doc("Whether names of tools, and of a call's parameters, count only where all are the same.")
          @Default("false")
          boolean strict)
      implements Validated {
    @Override
    public void validate(Problems problems) {
      TagName.report("tag", tag, problems);
      if (!(minimum < maximum)) {
        problems.add("maximum", maximum + " is not above minimum " + minimum);
      }
      if (strict && granularity == Granularity.ALL) {
        problems.add("strict", "has no effect with granularity all");
      }
    }
  }

  /** What is compared. */
  enum Granularity {
    @Doc("tools, names of parameters, and values, each worth something")
    VALUES,
    @Doc("tools, and whole calls")
    CALLS,
    @Doc("all or nothing")
    ALL
  }
}
