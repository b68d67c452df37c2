package qoa.rego.builtins;

import qoa.rego.budget.Budget;
import qoa.rego.value.Costs;
import qoa.rego.value.RegoComposite;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;

/** What a builtin takes from the budget before it is called. The lists of builtins state it. */
enum Cost {
  /** Nothing: its work and its result have a bound for all arguments. */
  FIXED {
    @Override
    void charge(Budget budget, RegoValue argument) {}
  },

  /** It looks at the characters or elements of its arguments; the result has a bound. */
  READS {
    @Override
    void charge(Budget budget, RegoValue argument) {
      if (argument instanceof RegoComposite) {
        budget.charge(argument.length());
        Costs.order(budget, argument);
      } else {
        budget.charge(argument.weight());
      }
    }
  },

  /** Its result has no more characters or elements than its arguments. */
  COPIES {
    @Override
    void charge(Budget budget, RegoValue argument) {
      if (argument instanceof RegoComposite) {
        budget.elements(argument.length());
        Costs.order(budget, argument);
      } else if (argument instanceof RegoString text) {
        budget.text(text.value().length());
      } else {
        budget.charge(argument.weight());
        budget.reserve(argument.weight());
      }
    }
  },

  /** It looks at all that its arguments hold, at any depth; the result has a bound. */
  READS_ALL {
    @Override
    void charge(Budget budget, RegoValue argument) {
      budget.charge(argument.weight());
      Costs.order(budget, argument);
    }
  },

  /** It charges itself, because its work depends on more than the size of its arguments. */
  OWN {
    @Override
    void charge(Budget budget, RegoValue argument) {}
  };

  /** Takes what one argument costs. */
  abstract void charge(Budget budget, RegoValue argument);

  boolean isCharged() {
    return this != FIXED && this != OWN;
  }
}
