package io.hone.jobs;

import io.hone.conf.ConfigBinder;
import io.hone.conf.ConfigLoader;
import io.hone.conf.ConfigNode;
import io.hone.conf.Doc;
import io.hone.conf.Rest;
import io.hone.conf.RewardConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file that has a reward to score with: alone, or as a part of a run's configuration.
 *
 * @param reward the part of a run's configuration
 * @param rest everything else
 */
@Doc("A reward, alone or as a part of a run's configuration.")
record RewardFile(@Doc("The reward.") Optional<ConfigNode> reward, @Rest ConfigNode rest) {

  /**
   * Reads the reward of a file, with the weights that schedules end with.
   *
   * @throws io.hone.conf.UserException if it has none that is valid
   */
  static RewardConfig read(Path file) {
    Optional<ConfigNode> part =
        ConfigLoader.load(RewardFile.class, file, List.of()).config().reward();
    RewardConfig reward =
        part.isPresent()
            ? ConfigBinder.bind(part.get(), RewardConfig.class)
            : ConfigLoader.load(RewardConfig.class, file, List.of()).config();
    return reward.last();
  }
}
