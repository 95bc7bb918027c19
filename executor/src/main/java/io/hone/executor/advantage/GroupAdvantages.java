package io.hone.executor.advantage;

import io.hone.executor.statistics.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/** The advantages of the completions of one prompt at one step, in the order of their samples. */
public final class GroupAdvantages {
  private final GroupRewards group;
  private final List<Member> members;

  private GroupAdvantages(GroupRewards group, List<Member> members) {
    this.group = group;
    this.members = List.copyOf(members);
  }

  /** An advantage, or why there is none: one of the two. */
  private record Member(Optional<TokenAdvantage> advantage, Optional<Exclusion> exclusion) {
    static Member of(TokenAdvantage advantage) {
      return new Member(Optional.of(advantage), Optional.empty());
    }

    static Member excluded(Exclusion exclusion) {
      return new Member(Optional.empty(), Optional.of(exclusion));
    }
  }

  /** A group of which no completion takes part in the update, for this reason if no better. */
  static GroupAdvantages none(GroupRewards group, Exclusion reason) {
    return ifValid(group, member -> Member.excluded(reason));
  }

  /**
   * An advantage for each completion that has a reward and is not masked; the others take no part
   * in the update.
   */
  static GroupAdvantages of(GroupRewards group, IntFunction<TokenAdvantage> advantage) {
    return ifValid(
        group,
        member ->
            group.completions().get(member).masked()
                ? Member.excluded(Exclusion.TRUNCATED)
                : Member.of(advantage.apply(member)));
  }

  private static GroupAdvantages ifValid(GroupRewards group, IntFunction<Member> valid) {
    List<Member> members = new ArrayList<>(group.size());
    for (int member = 0; member < group.size(); member++) {
      members.add(
          group.isValid(member) ? valid.apply(member) : Member.excluded(Exclusion.NO_REWARD));
    }
    return new GroupAdvantages(group, members);
  }

  /** How many completions the group has, included or not. */
  public int size() {
    return members.size();
  }

  /**
   * Whether a completion takes part in the update. One that does not counts in no loss and in no
   * normaliser, which is not the same as an advantage of 0.
   */
  public boolean isIncluded(int member) {
    return members.get(member).advantage().isPresent();
  }

  /** Why a completion takes no part; empty if it does. */
  public Optional<Exclusion> exclusion(int member) {
    return members.get(member).exclusion();
  }

  /**
   * The advantages of the tokens of a completion.
   *
   * @throws java.util.NoSuchElementException if it is not included
   */
  public TokenAdvantage advantage(int member) {
    return members.get(member).advantage().orElseThrow();
  }

  /** The mean advantage of the tokens of a completion; 0 if it is not included. */
  public double value(int member) {
    return isIncluded(member) ? tokens(member).mean() : 0;
  }

  /** Mean and spread of the advantages of a completion's tokens; none if it is not included. */
  Moments tokens(int member) {
    return members
        .get(member)
        .advantage()
        .map(advantage -> advantage.of(group.completions().get(member).returns()))
        .orElse(Moments.NONE);
  }

  /** Whether no completion has anything to be compared with. */
  boolean isDropped() {
    return members.stream()
        .allMatch(member -> member.exclusion().filter(Exclusion::lacksAdvantage).isPresent());
  }

  /** The rewards behind the advantages. */
  GroupRewards rewards() {
    return group;
  }

  /** The same completions with other advantages. */
  GroupAdvantages map(UnaryOperator<TokenAdvantage> change) {
    return new GroupAdvantages(
        group,
        members.stream()
            .map(member -> new Member(member.advantage().map(change), member.exclusion()))
            .toList());
  }

  /** The sum for completions that both include; the others are left out for the first reason. */
  GroupAdvantages plus(GroupAdvantages other) {
    List<Member> sums = new ArrayList<>(members.size());
    for (int member = 0; member < members.size(); member++) {
      if (!isIncluded(member)) {
        sums.add(members.get(member));
      } else if (!other.isIncluded(member)) {
        sums.add(other.members.get(member));
      } else {
        sums.add(Member.of(advantage(member).plus(other.advantage(member))));
      }
    }
    return new GroupAdvantages(group, sums);
  }

  /** Without an included completion. */
  GroupAdvantages without(int member, Exclusion reason) {
    List<Member> others = new ArrayList<>(members);
    others.set(member, Member.excluded(reason));
    return new GroupAdvantages(group, others);
  }
}
