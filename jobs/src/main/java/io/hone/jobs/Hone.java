package io.hone.jobs;

import io.hone.conf.Suggestions;
import io.hone.conf.UserException;
import io.hone.driver.run.RunFailedException;
import io.hone.jobs.terminal.Console;
import io.hone.kernels.checkpoint.Family;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line: entry point of {@code bin/hone} and of {@code spark-submit --class
 * io.hone.jobs.Hone}.
 *
 * <p>Exit status 0 is success, 2 something that the user can put right, told in one message, and 1
 * everything else.
 */
@Command(
    name = "hone",
    sortOptions = false,
    versionProvider = Versions.class,
    description = {"Sharpens language models with reinforcement learning on Apache Spark.", ""},
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "hone COMMAND --help tells about one command. Options of Spark come before the command: hone --master local[2]"
          + " train run.yaml; --conf spark.log.level=INFO shows what Spark does."
    })
public final class Hone implements Runnable {
  private static final int INTERNAL_ERROR = 1;
  private static final int USER_ERROR = 2;
  private static final int HELP_WIDTH = 100;

  private final Console console;

  @SuppressWarnings("unused") // picocli acts on it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and exit.")
  private boolean help;

  @SuppressWarnings("unused") // picocli acts on it
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the versions of Hone and of what it stands on, and exit.")
  private boolean version;

  /** A command line that writes to a console. */
  public Hone(Console console) {
    this.console = console;
  }

  /** Runs one command and ends the process with its status. */
  public static void main(String[] arguments) {
    int status = new Hone(Console.ofProcess()).run(arguments);
    // Zero is left to spark-submit, which has its own way to end well on each cluster manager.
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Runs one command; returns the exit status and throws nothing. */
  public int run(String... arguments) {
    try {
      return commandLine().execute(arguments);
    } catch (Throwable failure) {
      return report(failure, "hone");
    }
  }

  /** Without a command: what there is. */
  @Override
  public void run() {
    commandLine().usage(console.out());
  }

  private CommandLine commandLine() {
    CommandLine line = new CommandLine(this);
    List.of(
            new QuickstartCommand(console),
            new TrainCommand(console),
            new EvalCommand(console),
            new GenerateCommand(console),
            new LogprobsCommand(console),
            new ScoreCommand(console),
            new ExplainCommand(console),
            new InitModelCommand(console),
            new ExportCommand(console),
            new InspectCommand(console),
            new ConfigCommand(console))
        .forEach(line::addSubcommand);
    line.addSubcommand(BenchCommand.line(console));
    return line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
        .setCommandName("hone")
        .setUsageHelpWidth(HELP_WIDTH)
        .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Family.class, Hone::family)
        .setParameterExceptionHandler((wrong, given) -> reportUsage(wrong))
        .setExecutionExceptionHandler(
            (failure, command, parsed) ->
                report(failure, command.getCommandSpec().qualifiedName()));
  }

  private static Family family(String name) {
    return Family.ofModelType(name.toLowerCase(Locale.ROOT))
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'"
                        + name
                        + "' is unknown (expected "
                        + Arrays.stream(Family.values())
                            .map(Family::modelType)
                            .collect(Collectors.joining(", "))
                        + ")"));
  }

  private int reportUsage(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    Optional<UserException> refused = UserErrors.in(wrong);
    console
        .err()
        .println(name + ": " + refused.map(Throwable::getMessage).orElseGet(() -> explain(wrong)));
    console.err().println("See " + name + " --help.");
    return USER_ERROR;
  }

  private static String explain(ParameterException wrong) {
    return wrong instanceof UnmatchedArgumentException unmatched
        ? explain(unmatched.getUnmatched().get(0), unmatched.getCommandLine())
        : wrong.getMessage().replaceFirst("^Error: ", "");
  }

  private static String explain(String unknown, CommandLine command) {
    if (unknown.startsWith("-")) {
      String name = unknown.replaceFirst("=.*", "");
      return "unknown option '"
          + name
          + "' "
          + Suggestions.suggest(name, command.getCommandSpec().optionsMap().keySet());
    }
    return command.getSubcommands().isEmpty()
        ? "unexpected argument '" + unknown + "'"
        : "unknown command '"
            + unknown
            + "' "
            + Suggestions.suggest(unknown, command.getSubcommands().keySet());
  }

  private int report(Throwable failure, String command) {
    Optional<UserException> refused = UserErrors.in(failure);
    if (refused.isPresent()) {
      console.err().println(command + ": " + refused.get().getMessage());
      return USER_ERROR;
    }
    if (isEnding()) {
      console.err().println(command + ": interrupted");
    } else if (failure instanceof OutOfMemoryError) {
      console
          .err()
          .println(
              command
                  + ": out of memory ("
                  + failure.getMessage()
                  + "); the heap is "
                  + Runtime.getRuntime().maxMemory() / (1 << 20)
                  + " MiB, more is had with --driver-memory or --executor-memory");
    } else if (failure instanceof RunFailedException) {
      console.err().println(command + ": " + failure.getMessage());
    } else {
      console.err().println(command + ": internal error: " + failure);
      failure.printStackTrace(console.err());
    }
    return INTERNAL_ERROR;
  }

  /** Whether this JVM was told to end: what fails then fails because Spark is gone. */
  private static boolean isEnding() {
    Thread probe = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      Runtime.getRuntime().removeShutdownHook(probe);
      return false;
    } catch (IllegalStateException ending) {
      return true;
    }
  }
}
