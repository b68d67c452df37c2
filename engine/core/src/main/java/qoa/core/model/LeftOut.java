package qoa.core.model;

import java.util.List;

/**
 * What a window has left out because a bound was reached. What is missing there may have been
 * reported, so a policy cannot tell anything from its absence.
 *
 * @param observations how many numbers were left out
 * @param bounds the bounds reached, as text, such as {@code 10,000 metrics}; in order, not empty
 */
public record LeftOut(long observations, List<String> bounds) {}
