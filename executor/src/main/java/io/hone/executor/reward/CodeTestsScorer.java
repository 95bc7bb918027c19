package io.hone.executor.reward;

import io.hone.conf.DataSize;
import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.UserException;
import io.hone.conf.Validated;
import io.hone.executor.reward.code.LimitedProcess;
import io.hone.executor.reward.code.ProcessLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The share of unit tests that the code in the completion passes. */
final class CodeTestsScorer implements Scorer {
  /** Property of the JVM without which no code is run. */
  static final String PERMISSION = "hone.allow-code-execution";

  private static final long MOST_OUTPUT = 1 << 20;

  private final Options options;
  private final Optional<TextPattern> pattern;
  private final ReferenceColumn tests;
  private final LimitedProcess process;

  /** Why this machine cannot run code, empty if it can; null until it was tried. */
  private volatile String fault;

  CodeTestsScorer(Options options) {
    if (!Boolean.getBoolean(PERMISSION)) {
      throw new UserException(
          ("code-tests runs what a model wrote, which is off (expected -D%s=true among the options of the JVMs of"
                  + " driver and executors: spark.driver.extraJavaOptions and spark.executor.extraJavaOptions, or"
                  + " JAVA_TOOL_OPTIONS for bin/hone)")
              .formatted(PERMISSION));
    }
    this.options = options;
    this.pattern = options.pattern().map(TextPattern::compile);
    this.tests = new ReferenceColumn(options.tests());
    this.process =
        new LimitedProcess(
            new ProcessLimits(options.timeout(), options.maxMemory().bytes(), MOST_OUTPUT),
            options.isolation() == Isolation.NAMESPACES);
  }

  @Override
  public Score score(Sample sample) {
    List<String> programs = tests.nonBlankTexts(sample);
    Optional<String> code = code(sample);
    if (code.isEmpty()) {
      return Score.noAnswer();
    }
    requireMachine();
    int passed = 0;
    for (String test : programs) {
      passed += passes(code.get() + "\n" + test + "\n") ? 1 : 0;
    }
    return Score.of((double) passed / programs.size());
  }

  private boolean passes(String program) {
    LimitedProcess.Result result = run(options.command(), program);
    return result.succeeded()
        && options
            .passMarker()
            .map(marker -> result.output().strip().endsWith(marker))
            .orElse(true);
  }

  private Optional<String> code(Sample sample) {
    return pattern.isPresent()
        ? pattern.get().last(sample.completion())
        : Fence.last(sample.completion());
  }

  /** Tells a machine that cannot run anything from a program that fails. */
  private void requireMachine() {
    if (fault == null) {
      LimitedProcess.Result shell = run(List.of("true"), "");
      LimitedProcess.Result found =
          run(List.of("sh", "-c", "command -v \"$1\"", "sh", options.command().get(0)), "");
      fault =
          !shell.succeeded()
              ? "this machine cannot isolate a process (isolation: none runs it without): "
                  + shell.output().strip()
              : found.succeeded() ? "" : "command '" + options.command().get(0) + "' is not found";
    }
    if (!fault.isEmpty()) {
      throw new UnscorableException(fault);
    }
  }

  private LimitedProcess.Result run(List<String> command, String program) {
    try {
      return process.run(command, "program." + options.extension(), program);
    } catch (IOException e) {
      throw new UnscorableException("cannot run a program: " + e.getMessage());
    }
  }

  @Doc(
      "The share of unit tests that the code in the completion passes, each appended to the code and run in a process of"
          + " its own; a test passes where that ends with status 0 in time. No code found is 0 with confidence 0; a machine"
          + " that cannot run it gives no score. Off unless the JVM has `-Dhone.allow-code-execution=true`, since programs"
          + " have the rights of the user who runs the executors, files included: let that user own nothing else. The only"
          + " scorer that reads a clock.")
  record Options(
      @Doc("Column with the test, or with a list of tests, in the language of the code.")
          @Default("tests")
          String tests,
      @Doc("Program and arguments; `{file}` stands for the file with code and test.")
          @Default("[python3, \"-I\", \"{file}\"]")
          List<String> command,
      @Doc("Extension of that file.") @Default("py") String extension,
      @Doc(
              "Regular expression (RE2) for the code: group 1 of its last match, or the match itself without groups."
                  + " Without it, the text between the last two fences of three backquotes.")
          Optional<String> pattern,
      @Doc(
              "Text that tests print last; with it, a test without this text does not pass, against code that ends before"
                  + " the test.")
          Optional<String> passMarker,
      @Doc("Time for each test, on the clock and of a processor.") @Default("10s") Duration timeout,
      @Doc("Address space of each process.") @Default("1GB") DataSize maxMemory,
      @Doc("What the program cannot see.") @Default("namespaces") Isolation isolation)
      implements Validated {
    Options {
      command = List.copyOf(command);
    }

    @Override
    public void validate(Problems problems) {
      TextPattern.report("pattern", pattern, problems);
      if (command.isEmpty() || command.get(0).isBlank()) {
        problems.add("command", "is empty (expected a program and its arguments)");
      }
      if (!extension.matches("[A-Za-z0-9]{1,16}")) {
        problems.add("extension", "'" + extension + "' is not of letters and digits");
      }
      if (timeout.isZero() || timeout.isNegative()) {
        problems.add("timeout", "is not above 0");
      }
    }
  }

  /** What a program cannot see. */
  enum Isolation {
    @Doc("network and other processes, in namespaces of Linux (the command `unshare`)")
    NAMESPACES,
    @Doc("nothing is hidden: for machines that are isolated themselves")
    NONE
  }
}
