# The policy losses, one function each: the loss [n] of tokens before aggregation, a function of their log-probabilities, and
# what the loss did to each token. Where a reference implementation is named, the numbers are its own.

class Term(NamedTuple):
  loss : Tensor
  clipped : Tensor
  bounded : Tensor


def never(values: Tensor) -> Tensor:
  return torch.zeros_like(values, dtype=11)


def dual_bound(advantages: Tensor, dual_clip: float) -> Tensor:
  """The largest loss that a token of negative advantage may have; inf is none. Ye et al., "Mastering complex control in MOBA
  games with deep reinforcement learning", 2020."""
  if dual_clip == inf:
    return torch.full_like(advantages, inf)
  return torch.where(torch.lt(advantages, 0.), torch.mul(advantages, -dual_clip), inf)


def clip(ratio: Tensor, advantages: Tensor, low: float, high: float, dual_clip: float,
    cap: float) -> __torch__.policy_objectives.Term:
  """Schulman et al., "Proximal policy optimization algorithms", 2017, equation 7; asymmetric bounds: Yu et al., "DAPO",
  2025. The cap bounds the ratio where it is not clipped (delta in TRL); inf is none."""
  unclipped = torch.neg(torch.mul(advantages, torch.clamp(ratio, None, cap)))
  clipped = torch.neg(torch.mul(advantages, torch.clamp(ratio, 1. - low, 1. + high)))
  larger = torch.maximum(unclipped, clipped)
  bound = __torch__.policy_objectives.dual_bound(advantages, dual_clip)
  return __torch__.policy_objectives.Term(
      torch.minimum(larger, bound), torch.gt(clipped, unclipped), torch.gt(larger, bound))


def weighted_logprob(weight: Tensor, logprob: Tensor, advantages: Tensor) -> Tensor:
  """The loss of REINFORCE with a weight through which no gradient flows."""
  return torch.neg(torch.mul(torch.mul(weight.detach(), advantages), logprob))


def cispo(logprob: Tensor, ratio: Tensor, advantages: Tensor, low: float,
    high: float) -> __torch__.policy_objectives.Term:
  """MiniMax, "MiniMax-M1: Scaling test-time compute efficiently with lightning attention", 2025, equation 4, with both bounds
  (verl's cispo)."""
  kept = torch.clamp(ratio, 1. - low, 1. + high)
  return __torch__.policy_objectives.Term(
      __torch__.policy_objectives.weighted_logprob(kept, logprob, advantages),
      torch.ne(kept, ratio),
      __torch__.policy_objectives.never(ratio))


def cispo_minimax(logprob: Tensor, ratio: Tensor, advantages: Tensor, cap: float) -> __torch__.policy_objectives.Term:
  """The same as it was run there: no lower bound, and an upper one in absolute terms (TRL's cispo)."""
  return __torch__.policy_objectives.Term(
      __torch__.policy_objectives.weighted_logprob(torch.clamp(ratio, None, cap), logprob, advantages),
      torch.gt(ratio, cap),
      __torch__.policy_objectives.never(ratio))


def sapo(ratio: Tensor, advantages: Tensor, positive: float, negative: float) -> __torch__.policy_objectives.Term:
  """Gao et al., "Soft adaptive policy optimization", 2025, equations 5 and 6: a sigmoid gate in place of clipping, with a
  temperature for advantages above 0 and one for the others."""
  temperature = torch.where(torch.gt(advantages, 0.), torch.full_like(advantages, positive), negative)
  gate = torch.sigmoid(torch.mul(temperature, torch.sub(ratio, 1.)))
  never = __torch__.policy_objectives.never(ratio)
  return __torch__.policy_objectives.Term(
      torch.neg(torch.mul(torch.mul(gate, torch.div(4., temperature)), advantages)), never, never)


def gmpo(logprob: Tensor, old: Tensor, advantages: Tensor, low: float, high: float, sequence: Tensor,
    sequences: int) -> __torch__.policy_objectives.Term:
  """Zhao et al., "Geometric-mean policy optimization", 2025: the geometric mean of the clipped ratios of a sequence times its
  mean advantage, for each of its tokens (verl's geo_mean). The bounds are those of the log-ratio."""
  sign = torch.sign(advantages)
  difference = torch.sub(logprob, old)
  clamped = torch.clamp(difference, -low, high)
  smaller = torch.mul(sign, torch.minimum(torch.mul(sign, difference), torch.mul(sign, clamped)))
  ratio = torch.exp(__torch__.segments.spread_mean(smaller, sequence, sequences))
  advantage = __torch__.segments.spread_mean(advantages, sequence, sequences)
  outside = torch.logical_and(torch.ne(difference, clamped), torch.ne(advantages, 0.))
  return __torch__.policy_objectives.Term(
      torch.neg(torch.mul(advantage, ratio)), outside, __torch__.policy_objectives.never(ratio))


def gpg(logprob: Tensor, advantages: Tensor) -> __torch__.policy_objectives.Term:
  """Chu et al., "GPG: A simple and strong reinforcement learning baseline for model reasoning", 2025: no ratio at all."""
  never = __torch__.policy_objectives.never(logprob)
  return __torch__.policy_objectives.Term(torch.neg(torch.mul(advantages, logprob)), never, never)


def dppo_tv(logprob: Tensor, old: Tensor, ratio: Tensor, advantages: Tensor, low: float, high: float,
    cap: float) -> __torch__.policy_objectives.Term:
  """Divergence proximal policy optimisation by total variation (verl's dppo_tv): a token counts only while its probability
  has not moved too far in the direction of its advantage; the bounds are differences of probabilities."""
  moved = torch.sub(torch.exp(logprob), torch.exp(old))
  valid = torch.where(torch.gt(advantages, 0.), torch.le(moved, high), torch.ge(moved, -low))
  loss = __torch__.policy_objectives.weighted_logprob(torch.clamp(ratio, None, cap), logprob, advantages)
  return __torch__.policy_objectives.Term(
      torch.where(valid, loss, torch.zeros_like(loss)), torch.logical_not(valid), torch.gt(ratio, cap))


def vespo(logprob: Tensor, log_weight: Tensor, advantages: Tensor, positive_k: float, positive_lambda: float,
    negative_k: float, negative_lambda: float) -> __torch__.policy_objectives.Term:
  """Variational sequence-level soft policy optimisation (TRL's vespo): each token is weighted by exp(lambda + k log w - lambda
  w), where w is the product of the ratios of its sequence and log_weight [n] its logarithm."""
  bounded = torch.clamp(log_weight, -18.420680743952367, 20.)
  negative = torch.lt(advantages, 0.)
  k = torch.where(negative, torch.full_like(advantages, negative_k), positive_k)
  scale = torch.where(negative, torch.full_like(advantages, negative_lambda), positive_lambda)
  log_gate = torch.add(scale, torch.sub(torch.mul(k, bounded), torch.mul(scale, torch.exp(bounded))))
  return __torch__.policy_objectives.Term(
      __torch__.policy_objectives.weighted_logprob(torch.exp(log_gate), logprob, advantages),
      torch.ne(bounded, log_weight),
      __torch__.policy_objectives.never(logprob))
