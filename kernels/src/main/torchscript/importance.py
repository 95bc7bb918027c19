# Importance ratios of the policy to the policy that the advantages belong to, per token or per sequence.

def log_ratio(logprob: Tensor, old: Tensor) -> Tensor:
  return torch.clamp(torch.sub(logprob, old), -20., 20.)


def token(logprob: Tensor, old: Tensor) -> Tensor:
  """Schulman et al., "Proximal policy optimization algorithms", 2017."""
  return torch.exp(__torch__.importance.log_ratio(logprob, old))


def sequence(logprob: Tensor, old: Tensor, sequence: Tensor, sequences: int) -> Tensor:
  """The geometric mean of the ratios of a sequence, for each of its tokens: Zheng et al., "Group sequence policy
  optimization", 2025, equation 7. Bounded as in verl."""
  mean = __torch__.segments.spread_mean(torch.sub(logprob, old), sequence, sequences)
  return torch.exp(torch.clamp(mean, None, 10.))


def product(logprob: Tensor, old: Tensor, sequence: Tensor, sequences: int) -> Tensor:
  """The ratio of the probabilities of a whole sequence, for each of its tokens: the action of REINFORCE leave-one-out, where a
  completion is one action. Ahmadian et al., "Back to basics", 2024, as in TRL's RLOOTrainer."""
  total = __torch__.segments.spread_sum(torch.sub(logprob, old), sequence, sequences)
  return torch.exp(torch.clamp(total, -20., 20.))


def sequence_token(logprob: Tensor, old: Tensor, sequence: Tensor, sequences: int) -> Tensor:
  """The value of the sequence's ratio with the gradient of the token's own: equation 14 there (GSPO-token)."""
  mean = __torch__.segments.spread_mean(torch.sub(logprob, old), sequence, sequences)
  return torch.exp(torch.clamp(torch.add(torch.sub(logprob, logprob.detach()), mean.detach()), None, 10.))
