# Sums over the tokens of a sequence. Tokens [n] of a micro-batch lie one after the other; sequence [n] says to which of its
# sequences each belongs.

def lengths(sequence: Tensor, sequences: int) -> Tensor:
  """Tokens [sequences] of each sequence."""
  return torch.bincount(sequence, None, sequences).to(6)


def sum(values: Tensor, sequence: Tensor, sequences: int) -> Tensor:
  """The sum of values [n] over each sequence: [sequences]."""
  zeros = torch.zeros([sequences], dtype=values.dtype, layout=None, device=values.device)
  return torch.index_add(zeros, 0, sequence, values)


def spread(values: Tensor, sequence: Tensor) -> Tensor:
  """The number of its sequence for each token [n]."""
  return torch.index_select(values, 0, sequence)


def spread_sum(values: Tensor, sequence: Tensor, sequences: int) -> Tensor:
  """For each token [n], the sum of values [n] over its sequence."""
  return __torch__.segments.spread(__torch__.segments.sum(values, sequence, sequences), sequence)


def spread_mean(values: Tensor, sequence: Tensor, sequences: int) -> Tensor:
  """For each token [n], the mean of values [n] over its sequence."""
  means = torch.div(__torch__.segments.sum(values, sequence, sequences),
      torch.clamp(__torch__.segments.lengths(sequence, sequences), 1., None))
  return __torch__.segments.spread(means, sequence)
