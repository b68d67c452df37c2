package qoa.core.evaluate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import qoa.core.contracts.Contract;
import qoa.core.contracts.ContractSet;
import qoa.core.policies.PolicyModule;
import qoa.core.policies.PolicySet;

/**
 * Everything that evaluations rest on, as one.
 *
 * @param id hash of all policies and contracts, which events carry
 * @param policies the policies
 * @param contracts the contracts
 */
public record Revision(String id, PolicySet policies, ContractSet contracts) {

  private static final int ID_BYTES = 8;

  /** Stamps policies and contracts with the hash of their content (SHA-256, first 16 digits). */
  public static Revision of(PolicySet policies, ContractSet contracts) {
    MessageDigest digest = sha256();
    for (PolicyModule module : policies.modules()) {
      update(digest, module.path(), module.source());
    }
    for (Contract contract : contracts.contracts()) {
      update(digest, contract.id(), contract.document().toString());
    }
    String id = HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
    return new Revision(id, policies, contracts);
  }

  private static void update(MessageDigest digest, String name, String content) {
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    digest.update(content.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
