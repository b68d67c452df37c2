package qoa.core.evaluate.opa;

import java.util.ArrayList;
import java.util.List;

/**
 * Inputs of one policy package that go to OPA in one query.
 *
 * @param policy the package
 * @param indexes of the inputs in the batch
 * @param suspected whether OPA already failed over all of it in a way that may be OPA's own fault
 * @param losses how often OPA went away while it had this chunk
 */
record Chunk(String policy, List<Integer> indexes, boolean suspected, int losses) {

  /**
   * Few steps matter more than few queries: each step of a search for a slow input is a timeout.
   */
  private static final int PIECES = 16;

  /**
   * Cuts inputs of a package to chunks of the same size, as many for each asker, so that all end at
   * about the same time.
   *
   * @param largest no chunk is larger
   */
  static List<Chunk> cutEvenly(String policy, List<Integer> indexes, int largest, int askers) {
    int rounds = ceilDiv(indexes.size(), largest * askers);
    return cut(policy, indexes, ceilDiv(indexes.size(), rounds * askers), false);
  }

  private static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }

  private static List<Chunk> cut(
      String policy, List<Integer> indexes, int size, boolean suspected) {
    List<Chunk> chunks = new ArrayList<>();
    for (int from = 0; from < indexes.size(); from += size) {
      int to = Math.min(from + size, indexes.size());
      chunks.add(new Chunk(policy, List.copyOf(indexes.subList(from, to)), suspected, 0));
    }
    return chunks;
  }

  boolean isSingle() {
    return indexes.size() == 1;
  }

  /** The pieces in which to look for the input that makes this chunk fail; itself if single. */
  List<Chunk> split() {
    return cut(policy, indexes, ceilDiv(indexes.size(), PIECES), suspected);
  }

  Chunk suspect() {
    return new Chunk(policy, indexes, true, losses);
  }

  /** The same question about no input at all. */
  Chunk none() {
    return new Chunk(policy, List.of(), false, 0);
  }

  Chunk lostAgain() {
    return new Chunk(policy, indexes, suspected, losses + 1);
  }
}
