package qoa.systemtests.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qoa.systemtests.faults.check.Judgement.Verdict;

/** Verdicts from window to window, and the events that they cause, by their first letters. */
class CourseTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1, VVMUVM, ocruor",
    "1, 1, MUM, -u-",
    "1, 1, VUVM, oucr",
    "2, 1, VMVV, ---o",
    "2, 1, VUV, -uo",
    "2, 3, VVMMVMMM, -o--c--r",
    "2, 3, VVMUMM, -o-u-r",
    "2, 3, VVMMMVMVV, -o--r---o"
  })
  void next_givesTheEventsOf(int openAfter, int resolveAfter, String verdicts, String events) {
    Course course = new Course(openAfter, resolveAfter);
    StringBuilder found = new StringBuilder();
    for (int window = 0; window < verdicts.length(); window++) {
      String type = course.next(verdict(verdicts.charAt(window)), window);
      found.append(type == null ? '-' : type.charAt(type.lastIndexOf('.') + 1));
    }
    assertThat(found.toString()).isEqualTo(events);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, MVVM, 1", "2, 1, VMVVV, 2", "2, 3, VUVMVMMM, 0"})
  void since_isTheFirstViolatedWindowOfTheRow(
      int openAfter, int resolveAfter, String verdicts, long since) {
    Course course = new Course(openAfter, resolveAfter);
    List<Long> told = new ArrayList<>();
    for (int window = 0; window < verdicts.length(); window++) {
      String type = course.next(verdict(verdicts.charAt(window)), window);
      if (type != null && type.startsWith("qoa.violation")) {
        told.add(course.since());
      }
    }
    assertThat(told).isNotEmpty().containsOnly(since);
  }

  private static Verdict verdict(char letter) {
    return switch (letter) {
      case 'V' -> Verdict.VIOLATED;
      case 'M' -> Verdict.MET;
      default -> Verdict.UNDETERMINED;
    };
  }
}
