package io.hone.executor.reward.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.UpperCaseCharStream;

/**
 * The words and signs of a statement.
 *
 * @param texts each as it was written, but in lower case unless it is a text in quotes
 * @param depth how deep parentheses, CASE and signs are nested
 * @param readsClock whether a literal is of the kind {@code DATE 'today'}
 */
record SqlTokens(List<String> texts, int depth, boolean readsClock) {
  private static final Set<String> MOMENTS = Set.of("now", "today", "tomorrow", "yesterday");
  private static final Set<Integer> LITERALS_OF_TIME =
      Set.of(
          SqlBaseLexer.DATE,
          SqlBaseLexer.TIMESTAMP,
          SqlBaseLexer.TIMESTAMP_LTZ,
          SqlBaseLexer.TIMESTAMP_NTZ);

  private static final Set<Integer> SIGNS =
      Set.of(SqlBaseLexer.NOT, SqlBaseLexer.MINUS, SqlBaseLexer.PLUS, SqlBaseLexer.TILDE);

  SqlTokens {
    texts = List.copyOf(texts);
  }

  /** The tokens of a text, without comments. */
  static SqlTokens of(String sql) {
    SqlBaseLexer lexer = new SqlBaseLexer(new UpperCaseCharStream(CharStreams.fromString(sql)));
    lexer.removeErrorListeners();
    List<String> texts = new ArrayList<>();
    int depth = 0;
    int signs = 0;
    int deepest = 0;
    int previous = Token.EOF;
    boolean readsClock = false;
    for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
      int type = token.getType();
      if (token.getChannel() != Token.DEFAULT_CHANNEL || type == SqlBaseLexer.SEMICOLON) {
        continue;
      }
      String text = token.getText();
      boolean quoted =
          type == SqlBaseLexer.STRING_LITERAL || type == SqlBaseLexer.DOUBLEQUOTED_STRING;
      readsClock |= quoted && LITERALS_OF_TIME.contains(previous) && MOMENTS.contains(moment(text));
      depth +=
          switch (type) {
            case SqlBaseLexer.LEFT_PAREN, SqlBaseLexer.CASE -> 1;
            case SqlBaseLexer.RIGHT_PAREN, SqlBaseLexer.END -> -1;
            default -> 0;
          };
      signs = SIGNS.contains(type) ? signs + 1 : 0;
      deepest = Math.max(deepest, depth + signs);
      texts.add(quoted ? text : text.toLowerCase(Locale.ROOT));
      previous = type;
    }
    return new SqlTokens(texts, deepest, readsClock);
  }

  private static String moment(String quoted) {
    return quoted.substring(1, Math.max(1, quoted.length() - 1)).strip().toLowerCase(Locale.ROOT);
  }

  /** Pairs of tokens that follow each other. */
  List<String> bigrams() {
    List<String> bigrams = new ArrayList<>();
    for (int index = 1; index < texts.size(); index++) {
      bigrams.add(texts.get(index - 1) + " " + texts.get(index));
    }
    return bigrams;
  }
}
