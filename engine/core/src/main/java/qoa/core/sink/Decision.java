package qoa.core.sink;

import qoa.core.evaluate.Evaluation;
import qoa.core.evaluate.Outcome;
import qoa.core.lifecycle.Changes;

/**
 * What an engine decided by one evaluation. Immutable.
 *
 * @param evaluation the contract that was judged, and the input of its policy
 * @param revision the id of the policies and contracts that judged
 * @param outcome the verdicts, or why there are none
 * @param changes the events and statuses that follow
 */
public record Decision(Evaluation evaluation, String revision, Outcome outcome, Changes changes) {}
