package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Validated;
import io.hone.executor.reward.answer.Choices;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** 1 where the completion answers with the letter of the right choice, else 0. */
final class MultipleChoiceScorer implements Scorer {
  private static final Choices LETTERS = new Choices(List.of());

  private final AnswerPattern pattern;
  private final ReferenceColumn reference;
  private final Optional<ReferenceColumn> choices;
  private final int first;

  MultipleChoiceScorer(Options options) {
    this.pattern = AnswerPattern.compile(options.pattern());
    this.reference = new ReferenceColumn(options.reference());
    this.choices = options.choices().map(ReferenceColumn::new);
    this.first = options.first();
  }

  @Override
  public Score score(Sample sample) {
    Choices known = choices.map(column -> new Choices(column.texts(sample))).orElse(LETTERS);
    List<Integer> right =
        reference.answers(sample).stream().map(value -> right(value, known)).toList();
    OptionalInt choice = pattern.find(sample).map(known::answered).orElse(OptionalInt.empty());
    return choice.isEmpty()
        ? Score.noAnswer()
        : Score.of(right.contains(choice.getAsInt()) ? 1 : 0);
  }

  private int right(Object value, Choices known) {
    OptionalInt choice =
        value instanceof Number number
            ? numbered(number.doubleValue() - first, known)
            : known.named(value.toString());
    return choice.orElseThrow(
        () ->
            new UnscorableException(
                "column '%s' holds '%s' (expected the letter, number or text of one of %d choices)"
                    .formatted(reference.name(), value, known.count())));
  }

  private static OptionalInt numbered(double index, Choices known) {
    boolean isOne = index >= 0 && index < known.count() && index == Math.rint(index);
    return isOne ? OptionalInt.of((int) index) : OptionalInt.empty();
  }

  @Doc(
      "1 where the completion answers with the letter of the right choice, else 0; no letter found is 0 with"
          + " confidence 0. Found are, in this order and of each the last: a letter that is stated to be the"
          + " answer (`The answer is b.`, `The best choice is: B`, `<answer>B</answer>`, `B is correct`, `\\boxed{B}`), a"
          + " capital that stands out (`(B)`,"
          + " `**B**`, `option B`), and the one capital that is a line or begins one (`B. Paris`).")
  record Options(
      @Doc(AnswerPattern.DOC) Optional<String> pattern,
      @Doc(
              "Column with the right choice, or with a list of right ones: its letter, its number, or its"
                  + " text if `choices` is set.")
          @Default("answer")
          String reference,
      @Doc(
              "Column with the list of the texts of the choices. Without it, every letter from A to Z is"
                  + " one; with it, an answer may also be such a text.")
          Optional<String> choices,
      @Doc("The number of the first choice, where the reference is a number.") @Default("0")
          int first)
      implements Validated {
    @Override
    public void validate(Problems problems) {
      TextPattern.report("pattern", pattern, problems);
    }
  }
}
