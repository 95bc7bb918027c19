package io.hone.jobs;

import io.hone.conf.UserException;
import io.hone.driver.train.RunFailedException;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

  @Mixin private HelpOption help;

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
            new InitModelCommand(console),
            new InspectCommand(console),
            new ConfigCommand(console))
        .forEach(line::addSubcommand);
    return line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
        .setCommandName("hone")
        .setUsageHelpWidth(HELP_WIDTH)
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
    List<String> suggestions =
        wrong instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    if (!suggestions.isEmpty()) {
      console.err().println("Did you mean " + String.join(", ", suggestions) + "?");
    }
    console.err().println("See " + name + " --help.");
    return USER_ERROR;
  }

  private static String explain(ParameterException wrong) {
    boolean isCommand =
        wrong instanceof UnmatchedArgumentException unmatched
            && wrong.getCommandLine().getParent() == null
            && !unmatched.isUnknownOption();
    return isCommand
        ? "unknown command '" + ((UnmatchedArgumentException) wrong).getUnmatched().get(0) + "'"
        : wrong.getMessage().replaceFirst("^Error: ", "");
  }

  private int report(Throwable failure, String command) {
    Optional<UserException> refused = UserErrors.in(failure);
    if (refused.isPresent()) {
      console.err().println(command + ": " + refused.get().getMessage());
      return USER_ERROR;
    }
    if (failure instanceof OutOfMemoryError) {
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
}
