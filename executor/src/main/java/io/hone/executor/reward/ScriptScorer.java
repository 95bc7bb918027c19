package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import io.hone.conf.Validated;
import io.hone.executor.reward.answer.Scripts;
import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** 1 where the completion is written in the wanted scripts, else 0. */
final class ScriptScorer implements Scorer {
  private final AnswerPattern pattern;
  private final List<String> scripts;
  private final Optional<ReferenceColumn> reference;
  private final double minimumShare;

  ScriptScorer(Options options) {
    this.pattern = AnswerPattern.compile(options.pattern());
    this.scripts = options.scripts();
    this.reference = options.reference().map(ReferenceColumn::new);
    this.minimumShare = options.minimumShare();
  }

  @Override
  public Score score(Sample sample) {
    Set<UnicodeScript> wanted = EnumSet.noneOf(UnicodeScript.class);
    for (String name : reference.map(column -> column.texts(sample)).orElse(scripts)) {
      wanted.add(
          Scripts.named(name)
              .orElseThrow(
                  () ->
                      new UnscorableException(
                          "'" + name + "' is no script (expected one such as latin or han)")));
    }
    Optional<String> text = pattern.find(sample);
    OptionalDouble share =
        text.isPresent() ? Scripts.share(text.get(), wanted) : OptionalDouble.empty();
    return share.isEmpty()
        ? Score.noAnswer()
        : Score.of(share.getAsDouble() >= minimumShare ? 1 : 0);
  }

  @Doc(
      "1 where enough of the completion's letters are of the wanted scripts, else 0; no letters are 0 with"
          + " confidence 0. It tells Chinese from English, but not English from French: these share a"
          + " script.")
  record Options(
      @Doc(
              "Regular expression (RE2) for the part that counts: group 1 of its last match, or the match"
                  + " itself without groups. Without it, the whole completion.")
          Optional<String> pattern,
      @Doc(
              "Names of scripts in Unicode: `[latin]`, `[han]`, `[hangul]`, `[cyrillic]`,"
                  + " `[han, hiragana, katakana]` for Japanese.")
          List<String> scripts,
      @Doc("Column with the name of the script instead, or with a list of names.")
          Optional<String> reference,
      @Doc("Least share of the letters that is worth 1.") @Default("0.9") @Range(above = 0, max = 1)
          double minimumShare)
      implements Validated {
    Options {
      scripts = List.copyOf(scripts);
    }

    @Override
    public void validate(Problems problems) {
      TextPattern.report("pattern", pattern, problems);
      if (scripts.isEmpty() == reference.isEmpty()) {
        problems.add("scripts", "set either scripts or reference (one of them, not both)");
      }
      for (int index = 0; index < scripts.size(); index++) {
        if (Scripts.named(scripts.get(index)).isEmpty()) {
          problems.add(
              "scripts[" + index + "]",
              "'" + scripts.get(index) + "' is no script (expected one such as latin or han)");
        }
      }
    }
  }
}
