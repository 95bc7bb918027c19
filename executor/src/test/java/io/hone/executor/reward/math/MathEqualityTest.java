package io.hone.executor.reward.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MathEqualityTest {
  private static final MathEquality EXACT = new MathEquality(Percent.IGNORE, Rational.ZERO);

  /** Expected by the rules of mathematics and of LaTeX, and by SymPy where it reads both. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        // numbers
        "1/2;0.5",
        "\\frac{1}{2};0.5",
        "\\frac12;\\dfrac{1}{2}",
        "\\tfrac1{20};0.05",
        ".5;0.50",
        "$5$;5.",
        "\\(5\\);\\[ 5 \\]",
        "1,234;1234",
        "12{,}345;12345",
        "10,\\!000;10000",
        "10\\,000;10 000",
        "0.\\overline{3};\\frac{1}{3}",
        "0.1\\overline{6};1/6",
        "1.5e-3;\\frac{3}{2000}",
        "1.5 \\times 10^{-3};0.0015",
        "3\\frac{1}{2};3.5",
        "-2\\frac13;-\\frac{7}{3}",
        "3 1/2;7/2",
        "2^{10};1024",
        "2^10;1024",
        "2**10;2^{10}",
        "-2^2;-4",
        "(-2)^2;4",
        "2^{3^2};512",
        "2^{-1};0.5",
        "4^{1/2};2",
        "8^{\\frac{2}{3}};4",
        "\\sqrt{8};2\\sqrt{2}",
        "\\sqrt{8};2\\sqrt2",
        "\\frac{1}{\\sqrt{2}};\\frac{\\sqrt{2}}{2}",
        "\\sqrt[3]{-27};-3",
        "\\sqrt[3]{16};2\\sqrt[3]{2}",
        "\\sqrt{\\frac{4}{9}};\\frac{2}{3}",
        "sqrt(2)/2;\\frac{\\sqrt{2}}{2}",
        "5!;120",
        "\\binom{5}{2};10",
        "|-3|;3",
        "\\left|-3\\right|;3",
        "\\frac{\\pi}{2};\\pi/2",
        "2\\pi;2 \\cdot \\pi",
        "2π;2\\pi",
        "e^{2\\ln 3};9",
        "\\log_2 8;3",
        "\\log_{10}{100};2",
        "\\log 1000;3",
        "\\sin 30^\\circ;1/2",
        "\\sin\\frac{\\pi}{6};0.5",
        "\\cos^2 x+\\sin^2 x;1",
        "\\sin^{-1} 1;\\frac{\\pi}{2}",
        "\\tan^{-1}(1);\\arctan 1",
        "90^\\circ;90",
        "90°;90^{\\circ}",
        "\\infty;\\infty",
        "-\\infty;-\\infty",
        "10 \\div 4;2.5",
        "3 × 4;12",
        // expressions
        "x+1;1+x",
        "(a+b)^2;a^2+2ab+b^2",
        "2x(x-1);2x^2-2x",
        "\\frac{x^2-1}{x-1};x+1",
        "\\sqrt{x^2};|x|",
        "x^{-1};\\frac{1}{x}",
        "(n+1)!;n!(n+1)",
        "(-1)^{2n};1",
        "\\theta_1+\\theta_2;\\theta_2 + \\theta_1",
        "x'y;y x'",
        "\\mathbf{v}+1;1+v",
        "\\ln\\frac{x}{y};\\ln x-\\ln y",
        "\\sin 2x;2\\sin x\\cos x",
        // what an equation says
        "x = 3;3",
        "3;x=3",
        "f(x) = 2x+1;1 + 2x",
        "x = 1 + 1 = 2;2",
        "1 + 1 = 2;2",
        "|AB| = 5;5",
        "3 = x;3",
        "10010_2;10010_{2}",
        "y = 2x;2x = y",
        "y = 2x+1;2x - y + 1 = 0",
        "x \\approx 3.14;3.14",
        "x = \\frac13 \\approx 0.33;\\frac13",
        "(x, y) = (1, 2);(1,2)",
        "x \\in [0, 1];[0,1]",
        "x > 3;3 < x",
        "x \\ge 3;3 \\leq x",
        "1 < x <= 2;2 \\geq x > 1",
        "x - 3 > 0;x > 3",
        // several answers
        "\\{1, 2\\};\\{2, 1\\}",
        "{1,2};2, 1",
        "1, 2;2 \\text{ and } 1",
        "x=1 or x=2;1,2",
        "1 \\pm \\sqrt{2};1-\\sqrt2, 1+\\sqrt2",
        "x = \\pm 2;2, -2",
        "(1, 2);\\left( 1, \\frac{4}{2} \\right)",
        "1, 2;(1,2)",
        "(1,2];( 1 , 2 ]",
        "[0,\\infty);\\left[0, \\infty\\right)",
        "(-\\infty, -1) \\cup (1, \\infty);(1,\\infty)\\cup(-\\infty,-1)",
        "(1,2,3);[1,2,3]",
        "\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix};(1,2)",
        "\\begin{bmatrix} 1 & 0.5 \\\\ 3 & 4 \\end{bmatrix};\\begin{pmatrix}1&\\frac12\\\\3&4\\end{pmatrix}",
        "\\{3\\};3",
        "\\emptyset;\\{\\}",
        "(1,2),(3,4);(3,4),(1,2)",
        "\\{\\{1,2\\},3\\};\\{3,\\{2,1\\}\\}",
        "100,200;100, 200",
        // units and words
        "5 \\text{ cm};5",
        "5\\text{ cm};5\\mathrm{cm}",
        "5\\text{ cm}^2;5",
        "\\frac{1}{2}\\text{ m};0.5",
        "25\\pi \\text{ m}^2;25\\pi",
        "6\\sqrt{2}\\text{ m};6\\sqrt2",
        "5\\pi cm;5\\pi",
        "60 \\text{ km/h};60",
        "9.8 \\text{ m/s}^2;9.8",
        "5\\ \\mathrm{m/s};18\\ \\mathrm{km/h}",
        "25 mph;25",
        "40 \\text{ sec};40",
        "5 \\text{ apples};5 \\text{ apple}",
        "0.1\\bar{6};\\frac16",
        "100 cm;1\\text{ m}",
        "\\$5;5 dollars",
        "12 apples;12",
        "50\\%;50",
        "50 percent;50%",
        "\\text{(B)};B",
        "\\text{Monday};monday",
        "\\textbf{No solution};no solution",
        "\\boxed{5};5",
      })
  void theSame(String answer, String reference) {
    assertThat(EXACT.compare(answer, reference)).isEqualTo(Verdict.SAME);
    assertThat(EXACT.compare(reference, answer)).isEqualTo(Verdict.SAME);
  }

  /** What is not understood well enough is no wrong answer that a model need not look at. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"(1+i)^2;2i", "i^2;-1", "x \\le 3;(-\\infty,3]", "(0,1);0 < x < 1"})
  void saysWhereItCannotTell(String answer, String reference) {
    assertThat(EXACT.compare(answer, reference)).isEqualTo(Verdict.UNDECIDED);
  }

  /** A sum that was asked for has its value; an equation that was asked for is more than that. */
  @Test
  void theRightSideOfAnEquationIsNotTheEquation() {
    assertThat(EXACT.compare("x + y = 5", "5")).isEqualTo(Verdict.SAME);
    assertThat(EXACT.compare("5", "x + y = 5")).isEqualTo(Verdict.DIFFERENT);
    assertThat(EXACT.compare("y = 5 - x", "x + y = 5")).isEqualTo(Verdict.SAME);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "1/2;0.51",
        "1/3;0.333333333333",
        "12;1 2/3",
        "1 1/2;11/2",
        "10^{400};10^{401}",
        "2\\sqrt2;2.8284",
        "\\pi;3.14159",
        "3;-3",
        "x;-x",
        "|x|;x",
        "x+1;x+2",
        "ab;a+b",
        "x;y",
        "x;X",
        "x_1;x_2",
        "\\frac{1}{23};\\frac{12}{3}",
        "x = 3;x = 4",
        "\\sqrt{2}e^{-34};\\sqrt{3}e^{-34}",
        "x = 3;y = 3",
        "2x = 6;6",
        "7 = a+c;a+c",
        "x > 3;x < 3",
        "x > 3;x \\ge 3",
        "x > 3;3",
        "x < 3;-x < -3",
        "\\{1,2\\};\\{1,3\\}",
        "1,2;1,2,3",
        "1;1,2",
        "\\{1,1,2\\};\\{1,2,2\\}",
        "(1,2);(2,1)",
        "(1,2);\\{1,2\\}",
        "(1,2);[1,2]",
        "(1,2];[1,2)",
        "(1,2)\\cup(3,4);(1,2)\\cup(3,5)",
        "\\emptyset;0",
        "5 \\text{ cm};6 \\text{ cm}",
        "5 \\text{ cm};5 \\text{ kg}",
        "5 \\text{ cm};5 \\text{ m}",
        "12 apples;12 pears",
        "\\infty;-\\infty",
        "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix};\\begin{pmatrix} 1 & 2 \\\\ 3 & 5 \\end{pmatrix}",
      })
  void different(String answer, String reference) {
    assertThat(EXACT.compare(answer, reference)).isEqualTo(Verdict.DIFFERENT);
    assertThat(EXACT.compare(reference, answer)).isEqualTo(Verdict.DIFFERENT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "I have no idea;3",
        "\\text{Monday};\\text{Tuesday}",
        "\\frac{1}{;1",
        "\\unknown{3};3",
        "(1, 2;(1,2)",
        "3 + ;3",
        "1..2;1",
        "e^{1000};(e^{10})^{100}",
        "\\ln(-1);\\ln(-2)",
      })
  void whatIsNotUnderstoodIsUndecided(String answer, String reference) {
    assertThat(EXACT.compare(answer, reference)).isEqualTo(Verdict.UNDECIDED);
    assertThat(EXACT.compare(reference, answer)).isEqualTo(Verdict.UNDECIDED);
    assertThat(EXACT.compare("", reference)).isEqualTo(Verdict.UNDECIDED);
  }

  /** Written by sympy_pairs.py beside the file. */
  @Test
  void agreesWithSymPy() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                MathEqualityTest.class.getResourceAsStream("sympy-pairs.tsv"),
                StandardCharsets.UTF_8))) {
      List<String> pairs = lines.lines().toList();
      assertThat(pairs).hasSize(300);
      for (String pair : pairs) {
        String[] columns = pair.split("\t", -1);
        assertThat(EXACT.compare(columns[0], columns[1]))
            .as(pair)
            .isEqualTo(columns[2].equals("same") ? Verdict.SAME : Verdict.DIFFERENT);
      }
    }
  }

  @Test
  void aPercentSignMayMeanHundredths() {
    MathEquality hundredths = new MathEquality(Percent.HUNDREDTHS, Rational.ZERO);

    assertThat(hundredths.compare("10\\%", "0.1")).isEqualTo(Verdict.SAME);
    assertThat(hundredths.compare("10\\%", "10")).isEqualTo(Verdict.DIFFERENT);
    assertThat(EXACT.compare("10\\%", "0.1")).isEqualTo(Verdict.DIFFERENT);
  }

  @Test
  void toleranceIsOfNumbersAlone() {
    MathEquality close = new MathEquality(Percent.IGNORE, Rational.of(new BigDecimal("0.01")));

    assertThat(close.compare("3.14", "\\pi")).isEqualTo(Verdict.SAME);
    assertThat(close.compare("101", "100")).isEqualTo(Verdict.SAME);
    assertThat(close.compare("101.1", "100")).isEqualTo(Verdict.DIFFERENT);
    assertThat(close.compare("(3.14, 1)", "(\\pi, 1)")).isEqualTo(Verdict.SAME);
    assertThat(close.compare("1.001x", "x")).isEqualTo(Verdict.DIFFERENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(", "{", "[", "\\frac", "-", "|", "\\sqrt", "2^", "\\{", "\\text{", "!", "1,", "x"
      })
  void deepNestingIsNotUnderstoodOrIs(String piece) {
    for (int times : new int[] {50, 200, 490, 100_000}) {
      String text = piece.repeat(times);
      String closed = text + "1" + (piece.equals("(") ? ")" : "}").repeat(times);

      assertThat(EXACT.compare(text, "2")).isNotEqualTo(Verdict.SAME);
      assertThat(EXACT.compare(closed, "2")).isNotEqualTo(Verdict.SAME);
    }
  }

  @Test
  void nestingHasALimit() {
    assertThat(EXACT.compare("(".repeat(90) + "1" + ")".repeat(90), "1")).isEqualTo(Verdict.SAME);
    assertThat(EXACT.compare("(".repeat(110) + "1" + ")".repeat(110), "1"))
        .isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void hugeValuesTakeNoTime() {
    for (String text :
        List.of(
            "9^{9^{9^{9}}}",
            "(3^{800})^{500000}", "(10^{400})^{400}", "170!^{170!}", "((9!)!)!", "1/0", "0^0")) {
      assertThat(assertTimeoutPreemptively(Duration.ofSeconds(5), () -> EXACT.compare(text, "2")))
          .isNotEqualTo(Verdict.SAME);
    }
  }

  @Property
  void everyAnswerIsItself(@ForAll String text) {
    assertThat(EXACT.compare(text, text)).isEqualTo(Verdict.SAME);
  }

  @Property
  void formsOfANumberAreTheSame(
      @ForAll @IntRange(min = -999, max = 999) int above,
      @ForAll @IntRange(min = 1, max = 99) int below) {
    String fraction = "\\frac{" + above + "}{" + below + "}";

    assertThat(EXACT.compare(fraction, above + "/" + below)).isEqualTo(Verdict.SAME);
    assertThat(EXACT.compare(fraction, above + "x/(" + below + "x)")).isEqualTo(Verdict.SAME);
    assertThat(EXACT.compare(fraction, (above + 1) + "/" + below)).isEqualTo(Verdict.DIFFERENT);
    assertThat(EXACT.compare("\\sqrt{" + below * below + "}", "" + below)).isEqualTo(Verdict.SAME);
  }
}
