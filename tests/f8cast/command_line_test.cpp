// What is said on the command line, and what the exit status says.
#include "harness.hpp"

namespace f8cast_test {
namespace {

class command_line : public f8cast {
 protected:
  void expect_misunderstood(const std::vector<std::string>& arguments) const {
    const outcome result = run(arguments);
    EXPECT_EQ(result.status, 2);
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(result.err.rfind("f8cast: ", 0), 0U) << result.err;
    EXPECT_NE(result.err.find("--help"), std::string::npos);
    EXPECT_TRUE(files().empty());
  }
};

TEST_F(command_line, helps) {
  const outcome help = run({"--help"});
  EXPECT_EQ(help.status, 0);
  EXPECT_EQ(help.err, "");
  for (const std::string word : {"report", "convert", "info", "diff", "--version"}) {
    EXPECT_NE(help.out.find(word), std::string::npos) << word;
  }
  const std::vector<std::pair<std::string, std::vector<std::string>>> words{
      {"report",
       {"INPUT", "--to", "e4m3", "e5m2", "--scale", "--block", "--include", "--exclude",
        "--compare", "--plot", "saturated", "to zero", "SNR dB", "max error", "bits/value",
        "worst"}},
      {"info", {"INPUT", "scales", "for each"}},
      {"diff",
       {"A", "B", "--include", "--exclude", "Exit status", "max |b-a|", "max error", "to zero",
        "SNR dB"}},
      {"convert",
       {"INPUT", "--output", "--to", "bf16", "--scale", "--block", "--include", "--exclude",
        "NAME_scale", "NAME_scale_inv", "[rows, 1]"}},
  };
  for (const auto& [command, of_command] : words) {
    const outcome more = run({command, "--help"});
    EXPECT_EQ(more.status, 0);
    for (const std::string& word : of_command) {
      EXPECT_NE(more.out.find(word), std::string::npos) << command << ' ' << word;
    }
  }
}

TEST_F(command_line, knows_its_version) {
  const outcome version = run({"--version"});
  EXPECT_EQ(version.status, 0);
  EXPECT_EQ(version.out, "f8cast " F8CAST_VERSION "\n");
}

TEST_F(command_line, says_what_it_does_not_understand) {
  expect_misunderstood({"cast"});
  expect_misunderstood({"--to", "e4m3"});
  expect_misunderstood({"report", F8CAST_SHIPPED, "--to", "e3m4"});
  expect_misunderstood({"report", F8CAST_SHIPPED, "--to"});
  expect_misunderstood({"report", F8CAST_SHIPPED, "-o", "out"});
  expect_misunderstood({"report", F8CAST_SHIPPED, F8CAST_SHIPPED});
  expect_misunderstood({"report", "convert", F8CAST_SHIPPED, "-o", "out"});
  expect_misunderstood({"convert"});
  expect_misunderstood({"convert", F8CAST_SHIPPED});
  expect_misunderstood({"convert", "-o", "out"});
  expect_misunderstood({"convert", F8CAST_SHIPPED, "-o", "out", "--to", "f64"});
  expect_misunderstood({"convert", F8CAST_SHIPPED, "-o", "out", "--scale", "column"});
  expect_misunderstood({"convert", F8CAST_SHIPPED, "-o", "out", "--scale", "row", "--to", "bf16"});
  for (const std::string block : {"128", "0x1", "1x0", "x", "1x", "-1x1", "1x1x1", "1 x 1", "1x1.5",
                                  "99999999999999999999x1"}) {
    expect_misunderstood({"convert", F8CAST_SHIPPED, "-o", "out", "--block", block});
  }
}

}  // namespace
}  // namespace f8cast_test
