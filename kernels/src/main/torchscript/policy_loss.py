# The objective of an update as a function of the log-probabilities and entropies of its tokens: the policy loss with its KL
# and entropy terms, or the negative log-likelihood of supervised fine-tuning. The loss is the sum over tokens of weight *
# token loss; the weights hold the aggregation. No part of the model is seen from here.

class Settings(NamedTuple):
  loss : int
  ratio : int
  clip_low : float
  clip_high : float
  dual_clip : float
  ratio_cap : float
  sapo_positive : float
  sapo_negative : float
  vespo_positive_k : float
  vespo_positive_lambda : float
  vespo_negative_k : float
  vespo_negative_lambda : float
  off_policy_threshold : float
  top_entropy_share : float
  correction : int
  correction_minimum : float
  correction_maximum : float
  kl_coefficient : float
  kl_estimator : int
  kl_straight_through : bool
  kl_bias_correction : bool
  entropy_coefficient : float


class Tokens(NamedTuple):
  weights : Tensor
  advantages : Tensor
  old : Tensor
  reference : Tensor
  sampler : Tensor
  sequence : Tensor
  sequences : int


class Objective(NamedTuple):
  by_logprob : Tensor
  by_entropy : Tensor
  sums : Tensor
  maxima : Tensor


def number(inputs: Dict[str, Tensor], name: str) -> float:
  return float(inputs[name].item())


def settings(inputs: Dict[str, Tensor]) -> __torch__.policy_loss.Settings:
  return __torch__.policy_loss.Settings(
      int(inputs["loss"].item()),
      int(inputs["ratio"].item()),
      __torch__.policy_loss.number(inputs, "clip_low"),
      __torch__.policy_loss.number(inputs, "clip_high"),
      __torch__.policy_loss.number(inputs, "dual_clip"),
      __torch__.policy_loss.number(inputs, "ratio_cap"),
      __torch__.policy_loss.number(inputs, "sapo_positive"),
      __torch__.policy_loss.number(inputs, "sapo_negative"),
      __torch__.policy_loss.number(inputs, "vespo_positive_k"),
      __torch__.policy_loss.number(inputs, "vespo_positive_lambda"),
      __torch__.policy_loss.number(inputs, "vespo_negative_k"),
      __torch__.policy_loss.number(inputs, "vespo_negative_lambda"),
      __torch__.policy_loss.number(inputs, "off_policy_threshold"),
      __torch__.policy_loss.number(inputs, "top_entropy_share"),
      int(inputs["correction"].item()),
      __torch__.policy_loss.number(inputs, "correction_minimum"),
      __torch__.policy_loss.number(inputs, "correction_maximum"),
      __torch__.policy_loss.number(inputs, "kl_coefficient"),
      int(inputs["kl_estimator"].item()),
      bool(inputs["kl_straight_through"].item()),
      bool(inputs["kl_bias_correction"].item()),
      __torch__.policy_loss.number(inputs, "entropy_coefficient"))


def corrects_sequences(s: __torch__.policy_loss.Settings) -> bool:
  return s.correction == 3 or s.correction == 4


def reads_sequences(s: __torch__.policy_loss.Settings) -> bool:
  """Whether the loss of a token depends on other tokens of its sequence; if not, tokens can be taken in any portions."""
  if s.loss == 5 or s.loss == 8:
    return True
  return (s.ratio != 0 or s.off_policy_threshold != inf or s.top_entropy_share < 1.
      or __torch__.policy_loss.corrects_sequences(s))


def part(values: Tensor, start: int, length: int) -> Tensor:
  """A range of values [n], or nothing of nothing."""
  if values.size(0) == 0:
    return values
  return torch.narrow(values, 0, start, length)


def tokens(inputs: Dict[str, Tensor], start: int, length: int) -> __torch__.policy_loss.Tokens:
  """What is known of a range of tokens, [length] each; empty where samples have no such numbers."""
  return __torch__.policy_loss.Tokens(
      __torch__.policy_loss.part(inputs["token_weights"], start, length),
      __torch__.policy_loss.part(inputs["advantages"], start, length),
      __torch__.policy_loss.part(inputs["old_logprobs"], start, length),
      __torch__.policy_loss.part(inputs["reference_logprobs"], start, length),
      __torch__.policy_loss.part(inputs["sampler_logprobs"], start, length),
      __torch__.policy_loss.part(inputs["sequence"], start, length),
      int(inputs["sequences"].item()))


def old_logprob(tokens: __torch__.policy_loss.Tokens, logprob: Tensor) -> Tensor:
  """The log-probabilities of the ratio's denominator: the policy's own, detached, where none are given."""
  if tokens.old.size(0) == 0:
    return logprob.detach()
  return tokens.old


def importance_ratio(s: __torch__.policy_loss.Settings, tokens: __torch__.policy_loss.Tokens, logprob: Tensor,
    old: Tensor) -> Tensor:
  """0 per token, 1 per sequence, 2 per sequence with the gradient of the token, 3 the product over the sequence."""
  if s.ratio == 0:
    return __torch__.importance.token(logprob, old)
  if s.ratio == 1:
    return __torch__.importance.sequence(logprob, old, tokens.sequence, tokens.sequences)
  if s.ratio == 2:
    return __torch__.importance.sequence_token(logprob, old, tokens.sequence, tokens.sequences)
  return __torch__.importance.product(logprob, old, tokens.sequence, tokens.sequences)


def sampler_weights(s: __torch__.policy_loss.Settings, tokens: __torch__.policy_loss.Tokens, old: Tensor) -> Tensor:
  """Weights [n] before their bounds; 1 without a correction. 1 and 2 are per token, 3 and 4 per sequence; 1 and 3 truncate, 2
  and 4 mask."""
  if s.correction == 0:
    return torch.ones_like(old)
  return __torch__.mismatch.raw_weights(
      old, tokens.sampler, __torch__.policy_loss.corrects_sequences(s), tokens.sequence, tokens.sequences)


def bounded_weights(s: __torch__.policy_loss.Settings, weights: Tensor) -> Tensor:
  return __torch__.mismatch.within(
      weights, s.correction == 2 or s.correction == 4, s.correction_minimum, s.correction_maximum)


def supervised(logprob: Tensor) -> __torch__.policy_objectives.Term:
  never = __torch__.policy_objectives.never(logprob)
  return __torch__.policy_objectives.Term(torch.neg(logprob), never, never)


def term(s: __torch__.policy_loss.Settings, tokens: __torch__.policy_loss.Tokens, logprob: Tensor, old: Tensor,
    ratio: Tensor, sampler_weight: Tensor) -> __torch__.policy_objectives.Term:
  """The loss without masks, KL and entropy: 0 supervised, 1 clip, 2 cispo, 3 cispo-minimax, 4 sapo, 5 gmpo, 6 gpg, 7 dppo-tv,
  8 vespo."""
  advantages = tokens.advantages
  if s.loss == 0:
    return __torch__.policy_loss.supervised(logprob)
  if s.loss == 1:
    result = __torch__.policy_objectives.clip(ratio, advantages, s.clip_low, s.clip_high, s.dual_clip, s.ratio_cap)
  elif s.loss == 2:
    result = __torch__.policy_objectives.cispo(logprob, ratio, advantages, s.clip_low, s.clip_high)
  elif s.loss == 3:
    result = __torch__.policy_objectives.cispo_minimax(logprob, ratio, advantages, s.ratio_cap)
  elif s.loss == 4:
    result = __torch__.policy_objectives.sapo(ratio, advantages, s.sapo_positive, s.sapo_negative)
  elif s.loss == 5:
    result = __torch__.policy_objectives.gmpo(
        logprob, old, advantages, s.clip_low, s.clip_high, tokens.sequence, tokens.sequences)
  elif s.loss == 6:
    result = __torch__.policy_objectives.gpg(logprob, advantages)
  elif s.loss == 7:
    result = __torch__.policy_objectives.dppo_tv(
        logprob, old, ratio, advantages, s.clip_low, s.clip_high, s.ratio_cap)
  else:
    result = __torch__.policy_loss.vespo(s, tokens, logprob, old, sampler_weight)
  return result


def vespo(s: __torch__.policy_loss.Settings, tokens: __torch__.policy_loss.Tokens, logprob: Tensor, old: Tensor,
    sampler_weight: Tensor) -> __torch__.policy_objectives.Term:
  """With the sampler's weights in the weight of the sequence, where the sampler is what the policy has moved from."""
  correction = torch.clamp(torch.log(sampler_weight), -18.420680743952367, 20.)
  ratio = torch.add(__torch__.importance.log_ratio(logprob, old), correction)
  return __torch__.policy_objectives.vespo(
      logprob,
      __torch__.segments.spread_sum(ratio, tokens.sequence, tokens.sequences),
      tokens.advantages,
      s.vespo_positive_k,
      s.vespo_positive_lambda,
      s.vespo_negative_k,
      s.vespo_negative_lambda)


def loss_weight(s: __torch__.policy_loss.Settings, tokens: __torch__.policy_loss.Tokens, sampler_weight: Tensor) -> Tensor:
  """What the sampler's weights do to the loss of each token. The loss of GMPO is one of a sequence, and takes their geometric
  mean; that of VESPO has them in it."""
  if s.loss == 8:
    return torch.ones_like(sampler_weight)
  if s.loss == 5:
    logs = torch.log(torch.add(sampler_weight, 1e-10))
    return torch.exp(__torch__.segments.spread_mean(logs, tokens.sequence, tokens.sequences))
  return sampler_weight


def kept(s: __torch__.policy_loss.Settings, tokens: __torch__.policy_loss.Tokens, logprob: Tensor, old: Tensor,
    entropy: Tensor) -> Tensor:
  """Which tokens [n] the policy loss does not leave out."""
  kept = torch.ones_like(logprob, dtype=11)
  if s.off_policy_threshold != inf:
    sampler = old
    if tokens.sampler.size(0) > 0:
      sampler = tokens.sampler
    kept = __torch__.token_masks.near_policy(
        logprob, sampler, tokens.advantages, s.off_policy_threshold, tokens.sequence, tokens.sequences)
  if s.top_entropy_share < 1.:
    kept = torch.logical_and(kept, __torch__.token_masks.top_entropy(
        entropy, s.top_entropy_share, tokens.sequence, tokens.sequences))
  return kept


def kl_loss(s: __torch__.policy_loss.Settings, tokens: __torch__.policy_loss.Tokens, logprob: Tensor,
    ratio: Tensor) -> Tensor:
  """The KL term [n]. Bias-corrected, the estimate is weighted by the ratio: DeepSeek-AI, "DeepSeek-V3.2", 2025, equation
  7."""
  if s.kl_straight_through:
    kl = __torch__.kl_divergence.straight_through(logprob, tokens.reference, s.kl_estimator)
  else:
    kl = __torch__.kl_divergence.estimate(logprob, tokens.reference, s.kl_estimator)
  if s.kl_bias_correction:
    kl = torch.mul(kl, ratio)
  return torch.mul(kl, s.kl_coefficient)


def total(values: Tensor) -> Tensor:
  return torch.sum(values, dtype=7)


def objective(s: __torch__.policy_loss.Settings, tokens: __torch__.policy_loss.Tokens, logprob: Tensor,
    entropy: Tensor) -> __torch__.policy_loss.Objective:
  """The derivatives [n] of the loss with respect to logprob [n] and entropy [n], and what is told of it.

  sums over tokens in double precision, in this order: loss, policy loss, log-probability, entropy, ratio, clipped, bounded,
  masked, approximate KL (old - new), approximate KL (k3), KL to the reference, mismatch, absolute mismatch, sampler weight,
  sampler weights out of bounds. maxima: ratio, absolute mismatch."""
  zero = torch.zeros([], dtype=7, layout=None, device=logprob.device)
  old = __torch__.policy_loss.old_logprob(tokens, logprob)
  kept = __torch__.policy_loss.kept(s, tokens, logprob, old, entropy)
  raw_weight = __torch__.policy_loss.sampler_weights(s, tokens, old)
  sampler_weight = __torch__.policy_loss.bounded_weights(s, raw_weight)
  factor = torch.mul(torch.mul(tokens.weights, kept), __torch__.policy_loss.loss_weight(s, tokens, sampler_weight))

  torch.set_grad_enabled(True)
  leaf = logprob.detach().requires_grad_(True)
  ratio = __torch__.policy_loss.importance_ratio(s, tokens, leaf, old)
  term = __torch__.policy_loss.term(s, tokens, leaf, old, ratio, sampler_weight)
  policy = torch.mul(term.loss, factor)
  weighted = policy
  if s.kl_coefficient != 0.:
    weighted = torch.add(policy, torch.mul(__torch__.policy_loss.kl_loss(s, tokens, leaf, ratio), tokens.weights))
  found = torch.grad([torch.sum(weighted)], [leaf], None, None, False, False)[0]
  torch.set_grad_enabled(False)
  if found is None:
    by_logprob = torch.zeros_like(logprob)
  else:
    by_logprob = found
  by_entropy = torch.mul(tokens.weights, -s.entropy_coefficient)

  difference = torch.sub(logprob, old)
  bounded = torch.clamp(difference, -20., 20.)
  reference_kl = zero
  if tokens.reference.size(0) > 0:
    reference_kl = __torch__.policy_loss.total(
        __torch__.kl_divergence.estimate(logprob, tokens.reference, s.kl_estimator))
  mismatch = torch.zeros_like(logprob)
  if tokens.sampler.size(0) > 0:
    mismatch = torch.sub(old, tokens.sampler)
  ratio = ratio.detach()
  sums = torch.stack([
      __torch__.policy_loss.total(torch.add(weighted.detach(), torch.mul(entropy, by_entropy))),
      __torch__.policy_loss.total(policy.detach()),
      __torch__.policy_loss.total(logprob),
      __torch__.policy_loss.total(entropy),
      __torch__.policy_loss.total(ratio),
      __torch__.policy_loss.total(term.clipped),
      __torch__.policy_loss.total(term.bounded),
      __torch__.policy_loss.total(torch.logical_not(kept)),
      __torch__.policy_loss.total(torch.neg(difference)),
      __torch__.policy_loss.total(torch.sub(torch.sub(torch.exp(bounded), 1.), difference)),
      reference_kl,
      __torch__.policy_loss.total(mismatch),
      __torch__.policy_loss.total(torch.abs(mismatch)),
      __torch__.policy_loss.total(sampler_weight),
      __torch__.policy_loss.total(
          __torch__.mismatch.outside(raw_weight, s.correction_minimum, s.correction_maximum))])
  maxima = torch.stack([torch.amax(ratio), torch.amax(torch.abs(mismatch))]).to(7)
  return __torch__.policy_loss.Objective(by_logprob, by_entropy, sums, maxima)


def evaluate(inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
  """The loss of given logprobs [n] and entropies [n] with its gradients and statistics: the loss without a model."""
  logprob = inputs["logprobs"]
  objective = __torch__.policy_loss.objective(
      __torch__.policy_loss.settings(inputs),
      __torch__.policy_loss.tokens(inputs, 0, logprob.size(0)),
      logprob,
      inputs["entropies"])
  return {
      "logprob_gradient": objective.by_logprob.cpu(),
      "entropy_gradient": objective.by_entropy.cpu(),
      "sums": objective.sums.cpu(),
      "maxima": objective.maxima.cpu()}
