// What is said on the command line, and what the exit status says.
#include <filesystem>

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

/// A file may have blocks of its own, whose size is said: so the file has to be looked at.
TEST_F(command_line, says_that_there_are_no_blocks) {
  for (std::vector<std::string> arguments : {std::vector<std::string>{"report", F8CAST_SHIPPED},
                                             {"convert", F8CAST_SHIPPED, "-o", "out"}}) {
    for (const std::string word : {"--to", "e5m2", "--block", "64x64"}) arguments.push_back(word);
    for (const std::string scaling : {"none", "tensor", "row", "mx"}) {
      arguments.push_back("--scale");
      arguments.push_back(scaling);
      const outcome refusal = run(arguments);
      EXPECT_EQ(refusal.status, 1);
      EXPECT_EQ(refusal.out, "");
      EXPECT_EQ(
          refusal.err,
          "f8cast: --block 64x64: there are no blocks without --scale block, and no scales are "
          "read\n");
      EXPECT_EQ(files(), std::vector<std::string>{});
      arguments.resize(arguments.size() - 2);
    }
    arguments.insert(arguments.end(), {"--scale", "block"});
    EXPECT_EQ(run(arguments).status, 0);
  }
}

/// Each pattern has to match a name, whatever the others match.
TEST_F(command_line, says_what_pattern_matches_no_tensor) {
  write("a", safetensors('{' + entry("x.w", "F32", "[1]", 0, 4) + '}', "1234"));
  write("b", safetensors('{' + entry("y.w", "F32", "[1]", 0, 4) + '}', "1234"));
  write("ab.index.json", R"({"weight_map":{"x.w":"a","y.w":"b"}})");
  const auto run_with = [&](std::vector<std::string> arguments, const std::string& option,
                            const std::vector<std::string>& patterns) {
    for (const std::string& pattern : patterns) {
      arguments.push_back(option);
      arguments.push_back(pattern);
    }
    return run(arguments);
  };
  const std::vector<std::pair<std::vector<std::string>, int>> commands{
      {{"report", "a"}, 1},
      {{"report", "--compare", "a"}, 1},
      {{"convert", "a", "-o", "out"}, 1},
      {{"convert", "a", "-o", "out", "--to", "bf16"}, 1},
      {{"convert", "ab.index.json", "-o", "out"}, 1},
      {{"diff", "a", "a"}, 2}};
  for (const std::string option : {"--include", "--exclude"}) {
    for (const auto& [command, trouble] : commands) {
      SCOPED_TRACE(command.front() + option);
      const outcome refusal = run_with(command, option, {"x.w", "z*"});
      EXPECT_EQ(refusal.status, trouble);
      EXPECT_EQ(refusal.out, "");
      EXPECT_EQ(refusal.err, "f8cast: " + option + " 'z*' matches no tensor\n");
      EXPECT_EQ(files(), (std::vector<std::string>{"a", "ab.index.json", "b"}));
      const outcome accepted = run_with(command, option, {"x.w", "[wxy]*"});
      EXPECT_EQ(accepted.status, 0) << accepted.err;
      std::filesystem::remove_all(path("out"));
    }
    EXPECT_EQ(run({"diff", "a", "b", option, "x.w", option, "y.w"}).err, "") << "in one of them";
    EXPECT_EQ(run_with({"report", "a"}, option, {"z*", "*"}).status, 1) << "in any order";
  }
}

}  // namespace
}  // namespace f8cast_test
