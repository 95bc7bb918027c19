package io.hone.executor.reward.answer;

import java.util.ArrayList;
import java.util.List;

/** How far calls of tools agree with those that were wanted (ToolRL, Qian et al. 2025). */
public final class ToolCallMatch {
  private ToolCallMatch() {}

  /** Whether the same calls come in the same order. */
  public static boolean isExact(List<ToolCall> found, List<ToolCall> wanted) {
    if (found.size() != wanted.size()) {
      return false;
    }
    for (int call = 0; call < found.size(); call++) {
      if (!found.get(call).isSame(wanted.get(call))) {
        return false;
      }
    }
    return true;
  }

  /**
   * The agreement of tools, parameters and values: the multiset Jaccard similarity of the tools'
   * names and, for each wanted call in order, the best call of the same tool that is still unused,
   * worth the Jaccard similarity of its parameters' names and one for each equal value; divided by
   * the most that this can come to.
   *
   * @param wanted at least one call
   * @param strict whether names of tools and of parameters count only where all are the same
   * @return from 0 to 1
   */
  public static double ofValues(List<ToolCall> found, List<ToolCall> wanted, boolean strict) {
    double score = sharedTools(found, wanted, strict);
    double most = 1;
    List<ToolCall> unused = new ArrayList<>(found);
    for (ToolCall want : wanted) {
      most += 1 + want.parameters().size();
      int best = -1;
      double bestScore = 0;
      for (int candidate = 0; candidate < unused.size(); candidate++) {
        ToolCall call = unused.get(candidate);
        if (call.name().equals(want.name())) {
          double names = rounded(call.sharedNames(want), strict);
          double value = names + call.equalValues(want);
          if (best < 0 || value > bestScore) {
            best = candidate;
            bestScore = value;
          }
        }
      }
      if (best >= 0) {
        unused.remove(best);
        score += bestScore;
      }
    }
    return score / most;
  }

  /**
   * The agreement of tools and whole calls: like {@link #ofValues}, but a wanted call is worth 1
   * where there is an unused one of the same tool with the same parameters and values, else 0.
   *
   * @param wanted at least one call
   * @return from 0 to 1
   */
  public static double ofCalls(List<ToolCall> found, List<ToolCall> wanted, boolean strict) {
    List<ToolCall> unused = new ArrayList<>(found);
    int matched = 0;
    for (ToolCall want : wanted) {
      for (int candidate = 0; candidate < unused.size(); candidate++) {
        if (unused.get(candidate).isSame(want)) {
          unused.remove(candidate);
          matched++;
          break;
        }
      }
    }
    return (sharedTools(found, wanted, strict) + matched) / (1 + wanted.size());
  }

  private static double sharedTools(List<ToolCall> found, List<ToolCall> wanted, boolean strict) {
    return rounded(Overlap.ofMultisets(names(found), names(wanted)).jaccard(), strict);
  }

  private static List<String> names(List<ToolCall> calls) {
    return calls.stream().map(ToolCall::name).toList();
  }

  private static double rounded(double similarity, boolean strict) {
    return strict && similarity < 1 ? 0 : similarity;
  }
}
