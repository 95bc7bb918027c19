package io.hone.executor.reward;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import io.hone.conf.Validated.Problems;

/**
 * What an expression may not take out of completions: a regular expression, which may ask for all
 * memory or never end, and what replaces text, which may make one that no memory holds.
 */
final class CelPatterns {
  private CelPatterns() {}

  static void report(CelAbstractSyntaxTree expression, Problems problems) {
    CelNavigableAst.fromAst(expression)
        .getRoot()
        .allNodes()
        .map(CelNavigableExpr::expr)
        .filter(node -> node.getKind() == Kind.CALL)
        .map(CelExpr::call)
        .forEach(call -> report(call, problems));
  }

  private static void report(CelExpr.CelCall call, Problems problems) {
    boolean isMatch = call.function().equals("matches");
    if (!isMatch && !call.function().equals("replace")) {
      return;
    }
    // Behind what is searched: a pattern, or what is replaced, by what, and how often.
    CelExpr argument = call.args().get(call.target().isPresent() && isMatch ? 0 : 1);
    boolean isText =
        argument.getKind() == Kind.CONSTANT
            && argument.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    String fault =
        !isText
            ? "is not written out (expected text in quotes)"
            : isMatch ? TextPattern.fault(argument.constant().stringValue()) : "";
    if (!fault.isEmpty()) {
      problems.add("expression", "has " + call.function() + " with a text that " + fault);
    }
  }
}
