package io.hone.kernels.tokenizer;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.ForTag;
import com.hubspot.jinjava.lib.tag.IfTag;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import com.hubspot.jinjava.util.ObjectIterator;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;

/** Jinja's tags with the meaning that they have in Python, where Jinjava's own have another. */
final class JinjaTags {
  /** Jinjava's own tags that mean the same and do not reach outside of the template. */
  static final Set<String> KEPT =
      Set.of(
          "break",
          "call",
          "continue",
          "do",
          "elif",
          "else",
          "endcall",
          "enddo",
          "endfor",
          "endif",
          "endmacro",
          "endraw",
          "endset",
          "macro",
          "raw",
          "set");

  private JinjaTags() {}

  /**
   * The tags that take the place of Jinjava's.
   *
   * @param steps told the number of rounds of every loop before it runs
   */
  static List<Tag> all(IntConsumer steps) {
    return List.of(new PythonIfTag(), new StrictForTag(steps), new GenerationTag());
  }

  private static final class PythonIfTag extends IfTag {
    private static final long serialVersionUID = 1;

    @Override
    public boolean isPositiveIfElseNode(TagNode tag, JinjavaInterpreter interpreter) {
      return PythonSemantics.isTrue(
          interpreter.resolveELExpression(tag.getHelpers(), tag.getLineNumber()));
    }
  }

  /** Jinjava renders nothing for the forms of {@code for} that it does not know. */
  private static final class StrictForTag extends ForTag {
    private static final long serialVersionUID = 1;
    private static final Pattern CONDITION =
        Pattern.compile("\\sif\\s(?!.*\\selse\\s)", Pattern.DOTALL);

    private final transient IntConsumer steps;

    StrictForTag(IntConsumer steps) {
      this.steps = steps;
    }

    @Override
    public String interpretUnchecked(TagNode tag, JinjavaInterpreter interpreter) {
      if (CONDITION.matcher(tag.getHelpers()).find()) {
        throw new TemplateFailure("a condition in the tag 'for' is not supported");
      }
      if (tag.getChildren().stream().anyMatch(child -> "else".equals(child.getName()))) {
        throw new TemplateFailure("'else' of the tag 'for' is not supported");
      }
      return super.interpretUnchecked(tag, interpreter);
    }

    @Override
    public String renderForCollection(
        TagNode tag, JinjavaInterpreter interpreter, List<String> variables, Object collection) {
      steps.accept(ObjectIterator.getLoop(collection).getLength());
      return super.renderForCollection(tag, interpreter, variables, collection);
    }
  }

  /** Transformers' mark around the assistant's words, for masks; renders what is inside. */
  private static final class GenerationTag implements Tag {
    private static final long serialVersionUID = 1;

    @Override
    public String getName() {
      return "generation";
    }

    @Override
    public String interpret(TagNode tag, JinjavaInterpreter interpreter) {
      StringBuilder inside = new StringBuilder();
      for (Node child : tag.getChildren()) {
        inside.append(child.render(interpreter));
      }
      return inside.toString();
    }
  }
}
