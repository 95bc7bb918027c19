package io.hone.jobs;

/** The command line. */
public final class Hone {
  private Hone() {}

  /** Entry point of {@code bin/hone} and of {@code spark-submit --class io.hone.jobs.Hone}. */
  public static void main(String[] arguments) {
    System.out.println("hone " + String.join(" ", arguments));
  }
}
