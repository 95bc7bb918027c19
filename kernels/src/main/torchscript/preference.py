# Objectives that compare completions: functions of the log-probabilities of whole sequences, each of which is chosen
# (preferred, desirable) or rejected. Rafailov et al., "Direct preference optimization", 2023, and its descendants; the
# numbers are those of TRL's trainers.

class Settings(NamedTuple):
  loss : int
  beta : float
  label_smoothing : float
  gamma : float
  normalizes_length : bool
  uses_reference : bool
  desirable_weight : float
  undesirable_weight : float
  kl : float
  weight : float


def given(inputs: Dict[str, Tensor]) -> bool:
  """Whether the objective is one of these."""
  return torch.__contains__(inputs, "preference_loss")


def number(inputs: Dict[str, Tensor], name: str) -> float:
  return float(inputs[name].item())


def settings(inputs: Dict[str, Tensor]) -> __torch__.preference.Settings:
  return __torch__.preference.Settings(
      int(inputs["preference_loss"].item()),
      __torch__.preference.number(inputs, "beta"),
      __torch__.preference.number(inputs, "label_smoothing"),
      __torch__.preference.number(inputs, "gamma"),
      bool(inputs["normalizes_length"].item()),
      bool(inputs["uses_reference"].item()),
      __torch__.preference.number(inputs, "desirable_weight"),
      __torch__.preference.number(inputs, "undesirable_weight"),
      __torch__.preference.number(inputs, "kl"),
      __torch__.preference.number(inputs, "example_weight"))


def sigmoid(logits: Tensor, label_smoothing: float) -> Tensor:
  """-log sigmoid(logits), where a share of the labels is taken to be wrong: Rafailov et al., equation 7; with smoothing,
  Mitchell, "A note on DPO with noisy preferences and relationship to IPO", 2023 (cDPO)."""
  right = torch.mul(torch.log_sigmoid(logits), label_smoothing - 1.)
  wrong = torch.mul(torch.log_sigmoid(torch.neg(logits)), label_smoothing)
  return torch.sub(right, wrong)


def bradley_terry(chosen: Tensor, rejected: Tensor, margin: Tensor) -> Tensor:
  """The loss [n] of a reward model whose rewards of n pairs are given: -log sigmoid(chosen - rejected - margin). Ouyang et
  al., "Training language models to follow instructions", 2022, equation 1; margin: Touvron et al., "Llama 2", 2023,
  equation 2."""
  return __torch__.preference.sigmoid(torch.sub(torch.sub(chosen, rejected), margin), 0.)


def squared(logits: Tensor, beta: float) -> Tensor:
  """Azar et al., "A general theoretical paradigm to understand learning from human preferences", 2023, equation 17 (IPO)."""
  return torch.square(torch.sub(logits, 1. / (2. * beta)))


def hinge(logits: Tensor, beta: float) -> Tensor:
  """Zhao et al., "SLiC-HF: Sequence likelihood calibration with human feedback", 2023, with a margin of 1 / beta, times
  beta."""
  return torch.relu(torch.sub(1., torch.mul(logits, beta)))


def log_odds(logprob: Tensor) -> Tensor:
  """log(p / (1 - p)) of log p; p is bounded just below 1."""
  bounded = torch.clamp(logprob, None, -1e-6)
  return torch.sub(bounded, torch.log1p(torch.neg(torch.exp(bounded))))


def odds_ratio(chosen: Tensor, rejected: Tensor, beta: float) -> Tensor:
  """Hong et al., "ORPO: Monolithic preference optimization without reference model", 2024, equation 7, times beta."""
  ratio = torch.sub(__torch__.preference.log_odds(chosen), __torch__.preference.log_odds(rejected))
  return torch.mul(torch.log_sigmoid(ratio), -beta)


def kto(s: __torch__.preference.Settings, chosen: Tensor, rejected: Tensor) -> Tensor:
  """Ethayarajh et al., "KTO: Model alignment as prospect theoretic optimization", 2024, equation 8: of desirable and
  undesirable completions that need not be of the same number."""
  desirable = torch.sigmoid(torch.mul(torch.sub(s.kl, chosen), s.beta))
  undesirable = torch.sigmoid(torch.mul(torch.sub(rejected, s.kl), s.beta))
  return torch.cat([torch.mul(desirable, s.desirable_weight), torch.mul(undesirable, s.undesirable_weight)])


def losses(s: __torch__.preference.Settings, chosen: Tensor, rejected: Tensor) -> Tensor:
  """The losses of pairs, or of single completions with KTO, from their log-probabilities, of which those of the reference
  have been taken off: 0 DPO, CPO and SimPO, 1 IPO, 2 hinge, 3 ORPO, 4 KTO."""
  if s.loss == 3:
    return __torch__.preference.odds_ratio(chosen, rejected, s.beta)
  if s.loss == 4:
    return __torch__.preference.kto(s, chosen, rejected)
  difference = torch.sub(chosen, rejected)
  if s.loss == 1:
    return __torch__.preference.squared(difference, s.beta)
  if s.loss == 2:
    return __torch__.preference.hinge(difference, s.beta)
  return __torch__.preference.sigmoid(torch.sub(torch.mul(difference, s.beta), s.gamma), s.label_smoothing)


def accuracy(s: __torch__.preference.Settings, chosen: Tensor, rejected: Tensor) -> Tensor:
  """How many pairs have the larger reward where it is preferred; KTO has no pairs."""
  if s.loss == 4:
    return torch.zeros([], dtype=7, layout=None, device=chosen.device)
  return torch.sum(torch.gt(chosen, rejected), dtype=7)


def objective(inputs: Dict[str, Tensor], logprob: Tensor, entropy: Tensor) -> __torch__.policy_loss.Objective:
  """The derivatives [n] of the loss with respect to logprob [n] and entropy [n] of all tokens of a micro-batch, and what is
  told of it.

  sequence [n] is the completion of each token. chosen and rejected hold the numbers of these completions; the first of one
  makes a pair with the first of the other, and so on. token_weights [n] are those of the negative log-likelihood that is
  added.

  sums in double precision, in this order: loss, its part without the negative log-likelihood, log-probability, entropy,
  rewards of the chosen and of the rejected, pairs in the right order, log-probabilities of the chosen and of the rejected
  as the loss reads them, negative log-likelihood of the chosen. There are no maxima."""
  s = __torch__.preference.settings(inputs)
  sequence = inputs["sequence"]
  count = int(inputs["sequences"].item())
  chosen = inputs["chosen"]
  rejected = inputs["rejected"]
  weights = inputs["token_weights"]
  totals = __torch__.segments.sum(logprob.to(7), sequence, count)
  scale = torch.ones_like(totals)
  if s.normalizes_length:
    scale = torch.reciprocal(__torch__.segments.lengths(sequence, count).to(7))
  references = torch.zeros_like(totals)
  if s.uses_reference:
    references = __torch__.segments.sum(inputs["reference_logprobs"].to(7), sequence, count)

  torch.set_grad_enabled(True)
  leaf = torch.mul(totals, scale).detach().requires_grad_(True)
  ratios = torch.sub(leaf, torch.mul(references, scale))
  compared = __torch__.preference.losses(s, torch.index_select(ratios, 0, chosen), torch.index_select(ratios, 0, rejected))
  preference = torch.mul(torch.sum(compared), s.weight)
  found = torch.grad([preference], [leaf], None, None, False, False)[0]
  torch.set_grad_enabled(False)
  if found is None:
    by_sequence = torch.zeros_like(totals)
  else:
    by_sequence = torch.mul(found, scale)

  likelihood = torch.neg(torch.sum(torch.mul(logprob, weights), dtype=7))
  rewards = torch.mul(ratios.detach(), s.beta)
  chosen_rewards = torch.index_select(rewards, 0, chosen)
  rejected_rewards = torch.index_select(rewards, 0, rejected)
  values = leaf.detach()
  sums = torch.stack([
      torch.add(preference.detach(), likelihood),
      preference.detach(),
      torch.sum(logprob, dtype=7),
      torch.sum(entropy, dtype=7),
      torch.sum(chosen_rewards),
      torch.sum(rejected_rewards),
      __torch__.preference.accuracy(s, chosen_rewards, rejected_rewards),
      torch.sum(torch.index_select(values, 0, chosen)),
      torch.sum(torch.index_select(values, 0, rejected)),
      torch.neg(torch.sum(torch.index_select(totals, 0, chosen)))])
  by_logprob = torch.sub(__torch__.segments.spread(by_sequence, sequence).to(6), weights)
  maxima = torch.zeros([0], dtype=7, layout=None, device=logprob.device)
  return __torch__.policy_loss.Objective(by_logprob, torch.zeros_like(logprob), sums, maxima)


def evaluate(inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
  """The objective of given logprobs [n]: the loss without a model."""
  logprob = inputs["logprobs"]
  objective = __torch__.preference.objective(inputs, logprob, torch.zeros_like(logprob))
  return {"gradient": objective.by_logprob.cpu(), "sums": objective.sums.cpu()}


def evaluate_bradley_terry(inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
  """The mean loss of a reward model over n pairs with its gradients, from rewards chosen [n], rejected [n] and margin [n]."""
  torch.set_grad_enabled(True)
  chosen = inputs["chosen"].detach().requires_grad_(True)
  rejected = inputs["rejected"].detach().requires_grad_(True)
  loss = torch.mean(__torch__.preference.bradley_terry(chosen, rejected, inputs["margin"]))
  found = torch.grad([loss], [chosen, rejected], None, None, False, False)
  torch.set_grad_enabled(False)
  return {
      "loss": loss.detach().cpu(),
      "chosen_gradient": unchecked_cast(Tensor, found[0]).cpu(),
      "rejected_gradient": unchecked_cast(Tensor, found[1]).cpu()}
