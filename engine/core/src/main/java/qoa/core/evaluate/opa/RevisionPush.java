package qoa.core.evaluate.opa;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import qoa.core.contracts.Contract;
import qoa.core.documents.Problem;
import qoa.core.documents.ProblemsException;
import qoa.core.evaluate.Revision;
import qoa.core.policies.PolicyModule;
import qoa.core.policies.PolicySet;

/**
 * Brings one OPA to one revision. OPA takes modules one by one and compiles everything at each.
 * Mostly a module or none is another one than OPA holds, and only that is replaced. Where OPA does
 * not take it so, for modules that fit together only when all are there, the old ones go first, and
 * stubs (see {@link Analysis}) stand for what is on its way out or in. The dispatcher, which
 * carries the revision, is the first to go and the last to come. Used by one thread.
 */
final class RevisionPush {

  private static final String PARSE_ERROR = "rego_parse_error";

  /** OPA asks its own policy who may come in; the engine's answer for itself is its dispatcher. */
  private static final Pattern RESERVED =
      Pattern.compile("(system|qoa_engine|contracts)([.\\[].*)?");

  private final OpaConnection opa;
  private final String push = UUID.randomUUID().toString();

  RevisionPush(OpaConnection opa) {
    this.opa = opa;
  }

  /**
   * Makes the revision the one that OPA holds. Modules that are not the engine's stay as they are.
   *
   * @throws ProblemsException where a policy does not compile; what OPA holds then is undefined
   */
  Analysis push(Revision revision) throws ProblemsException, InterruptedException {
    rejectReserved(revision.policies());
    boolean isThere = replaceChanged(revision.policies());
    if (!isThere) {
      clear();
    }
    Analysis analysis = Analysis.of(opa, revision.policies());
    try {
      if (!isThere) {
        putStubs(analysis);
        putPolicies(revision.policies());
        deleteStubs(analysis);
      }
      opa.putDocument("contracts", documents(revision));
      opa.putModule(ModuleIds.DISPATCH, new Dispatcher(revision).text());
    } catch (OpaErrorException e) {
      if (e.problems().isEmpty()) {
        throw e;
      }
      throw new ProblemsException(e.problems());
    }
    return analysis;
  }

  /**
   * Puts and deletes the modules by which the policies are not those that OPA holds; whether OPA
   * holds them now.
   */
  private boolean replaceChanged(PolicySet policies) throws InterruptedException {
    Map<String, String> gone = new HashMap<>();
    for (HeldModule module : opa.modules()) {
      String id = module.id();
      if (ModuleIds.isStub(id)) {
        return false; // left by a push that was cut short
      }
      if (ModuleIds.isPolicy(id) || id.equals(ModuleIds.DISPATCH)) {
        gone.put(id, module.source());
      }
    }
    if (gone.remove(ModuleIds.DISPATCH) != null) {
      opa.deleteModule(ModuleIds.DISPATCH);
    }
    if (gone.isEmpty()) {
      return false;
    }
    try {
      for (PolicyModule module : policies.modules()) {
        String id = ModuleIds.of(module);
        if (!module.source().equals(gone.remove(id))) {
          opa.putModule(id, module.source());
        }
      }
      deleteAll(gone.keySet());
      return true;
    } catch (OpaErrorException e) {
      return false;
    }
  }

  /**
   * Deletes all modules of the engine. Where an earlier push was cut short, they are not all there,
   * and some of its stubs are: what these declare is needed by what is left, so they count as old
   * modules too.
   */
  void clear() throws InterruptedException {
    Set<String> ids = new TreeSet<>();
    List<PolicyModule> old = new ArrayList<>();
    for (HeldModule module : opa.modules()) {
      String id = module.id();
      if (ModuleIds.isPolicy(id) || ModuleIds.isStub(id)) {
        old.add(new PolicyModule(id, module.packageName(), module.source(), false));
      }
      if (ModuleIds.isOwn(id)) {
        ids.add(id);
      }
    }
    if (ids.remove(ModuleIds.DISPATCH)) {
      opa.deleteModule(ModuleIds.DISPATCH);
    }
    if (old.isEmpty()) {
      deleteAll(ids);
      return;
    }
    Analysis analysis = Analysis.of(opa, new PolicySet(old));
    putStubs(analysis);
    deleteAll(ids);
    deleteStubs(analysis);
  }

  private void deleteAll(Set<String> ids) throws InterruptedException {
    for (String id : ids) {
      opa.deleteModule(id);
    }
  }

  private void putStubs(Analysis analysis) throws InterruptedException {
    for (int i = 0; i < analysis.stubs().size(); i++) {
      opa.putModule(ModuleIds.ofStub(push, i), analysis.stubs().get(i));
    }
  }

  private void deleteStubs(Analysis analysis) throws InterruptedException {
    for (int i = 0; i < analysis.stubs().size(); i++) {
      opa.deleteModule(ModuleIds.ofStub(push, i));
    }
  }

  /** Pushes all, so that all mistakes are told at once. */
  private void putPolicies(PolicySet policies) throws ProblemsException, InterruptedException {
    List<Problem> unparsed = new ArrayList<>();
    List<Problem> uncompiled = new ArrayList<>();
    for (PolicyModule module : policies.modules()) {
      try {
        opa.putModule(ModuleIds.of(module), module.source());
      } catch (OpaErrorException e) {
        if (e.problems().isEmpty()) {
          throw e;
        }
        (e.code().equals(PARSE_ERROR) ? unparsed : uncompiled).addAll(e.problems());
      }
    }
    // What does not parse has no stub, so that others fail for want of it.
    List<Problem> problems = unparsed.isEmpty() ? uncompiled : unparsed;
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems.stream().distinct().toList());
    }
  }

  private static void rejectReserved(PolicySet policies) throws ProblemsException {
    List<Problem> problems = new ArrayList<>();
    for (PolicyModule module : policies.modules()) {
      String name = module.packageName();
      if (RESERVED.matcher(name).matches()) {
        String message = "package " + name + " is not for policies; choose another name";
        problems.add(new Problem(module.path(), 0, null, message));
      }
    }
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
  }

  private static ObjectNode documents(Revision revision) {
    ObjectNode documents = JsonNodeFactory.instance.objectNode();
    for (Contract contract : revision.contracts().contracts()) {
      documents.set(contract.id(), contract.document());
    }
    return documents;
  }
}
