/**
 * What an evaluation may use: {@link qoa.rego.budget.Limits} states it, and a {@link
 * qoa.rego.budget.Budget} holds what is left of it. Part of the API, except {@link
 * qoa.rego.budget.LimitedBudget}. Uses no other package of this library.
 */
package qoa.rego.budget;
