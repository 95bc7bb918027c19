package io.hone.driver.data;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/**
 * Text with placeholders for columns: {@code {question}} stands for column {@code question}. A
 * brace that is meant as one is doubled.
 */
final class PromptTemplate {
  private static final Pattern MARK = Pattern.compile("\\{\\{|\\}\\}|\\{([^{}]+)\\}");

  private final String template;

  PromptTemplate(String template) {
    this.template = template;
  }

  /** Where the text of a column comes from. */
  interface Columns {
    String text(String column) throws BadRowException;
  }

  /** The template with each placeholder replaced; what columns hold is not looked at again. */
  String fill(Columns columns) throws BadRowException {
    StringBuilder filled = new StringBuilder();
    Matcher mark = MARK.matcher(template);
    int from = 0;
    while (mark.find()) {
      filled.append(template, from, mark.start());
      String column = mark.group(1);
      filled.append(column == null ? mark.group().substring(1) : columns.text(column));
      from = mark.end();
    }
    return filled.append(template, from, template.length()).toString();
  }
}
