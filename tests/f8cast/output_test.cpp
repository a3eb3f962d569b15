// Where the output goes, and that it appears whole or not at all.
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "harness.hpp"

namespace f8cast_test {
namespace {

namespace fs = std::filesystem;
using names = std::vector<std::string>;

class output : public f8cast {
 protected:
  output() { write("in", one_tensor("F32", 40'000, std::string(160'000, '\0'))); }
};

TEST_F(output, replaces_a_file_that_is_there) {
  write("out", "old");
  ASSERT_EQ(run({"convert", "in", "-o", "out"}).status, 0);
  EXPECT_GT(fs::file_size(path("out")), 40'000U);
  EXPECT_EQ(files(), (names{"in", "out"}));
}

TEST_F(output, may_be_the_input) {
  ASSERT_EQ(run({"convert", "in", "-o", "in"}).status, 0);
  EXPECT_NE(run({"report", "in"}).out.find("F8_E4M3"), std::string::npos);
  EXPECT_EQ(files(), names{"in"});
}

TEST_F(output, is_readable_by_whom_the_umask_says) {
  ASSERT_EQ(run({"convert", "in", "-o", "out"}, "umask 027; ").status, 0);
  EXPECT_EQ(fs::status(path("out")).permissions(), fs::perms{0640});
}

TEST_F(output, follows_a_link) {
  write("real", "old");
  fs::create_symlink("real", path("link"));
  ASSERT_EQ(run({"convert", "in", "-o", "link"}).status, 0);
  EXPECT_TRUE(fs::is_symlink(path("link")));
  EXPECT_GT(fs::file_size(path("real")), 40'000U);
}

TEST_F(output, may_have_the_longest_of_names) {
  const std::string name(255, 'x');
  ASSERT_EQ(run({"convert", "in", "-o", name}).status, 0);
  EXPECT_EQ(files(), (names{"in", name}));
}

TEST_F(output, without_a_name) {
  const outcome refusal = run({"convert", "in", "-o", ""});
  EXPECT_EQ(refusal.status, 1);
  EXPECT_EQ(refusal.err.rfind("f8cast: : cannot be written: ", 0), 0U) << refusal.err;
  EXPECT_EQ(files(), names{"in"});
}

TEST_F(output, in_a_folder_that_is_not_there) {
  const outcome refusal = run({"convert", "in", "-o", "nowhere/out"});
  EXPECT_EQ(refusal.status, 1);
  EXPECT_EQ(refusal.err,
            "f8cast: nowhere/out: cannot be written: No such file or directory (offset 0)\n");
  EXPECT_EQ(files(), names{"in"});
}

TEST_F(output, in_a_folder_that_cannot_be_written) {
  std::string folder = "/proc";  // not even by root
  if (::geteuid() != 0) {
    folder = path("locked");
    fs::create_directory(folder);
    fs::permissions(folder, fs::perms::owner_read | fs::perms::owner_exec);
  }
  const outcome refusal = run({"convert", "in", "-o", folder + "/out"});
  EXPECT_EQ(refusal.status, 1);
  EXPECT_EQ(refusal.err.rfind("f8cast: " + folder + "/out: cannot be written: ", 0), 0U)
      << refusal.err;
}

/// A pipe stands in for a device, which an f8cast that is broken would replace.
TEST_F(output, is_never_a_folder_or_a_device) {
  fs::create_directory(path("folder"));
  const outcome folder = run({"convert", "in", "-o", "folder"});
  EXPECT_EQ(folder.status, 1);
  EXPECT_EQ(folder.err, "f8cast: folder: not a regular file: will not be replaced\n");
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  const outcome pipe = run({"convert", "in", "-o", "pipe"});
  EXPECT_EQ(pipe.status, 1);
  EXPECT_EQ(pipe.err, "f8cast: pipe: not a regular file: will not be replaced\n");
  EXPECT_TRUE(fs::is_fifo(path("pipe")));
}

/// A limit on the size of a file stands in for a full disk: write() fails in the middle in the same
/// way.
TEST_F(output, that_does_not_fit_leaves_nothing) {
  write("out", "precious");
  const outcome refusal = run({"convert", "in", "-o", "out"}, "ulimit -f 16; ");
  EXPECT_EQ(refusal.status, 1);
  EXPECT_EQ(refusal.err.rfind("f8cast: out: cannot be written: ", 0), 0U) << refusal.err;
  EXPECT_EQ(refusal.out, "");
  EXPECT_EQ(files(), (names{"in", "out"}));
  EXPECT_EQ(read_file(path("out")), "precious");
}

TEST_F(output, report_that_cannot_be_printed_is_an_error) {
  const outcome report = run({"report", "in"}, "", ">/dev/full");
  EXPECT_EQ(report.status, 1);
  EXPECT_EQ(report.err, "f8cast: standard output: cannot be written\n");
}

/// script(1) runs it on a terminal of its own, where one can be made.
TEST_F(output, is_awaited_with_a_bar_on_a_terminal_alone) {
  if (std::system("script -qec true /dev/null >/dev/null 2>&1") != 0) {
    GTEST_SKIP() << "needs a terminal, which script(1) cannot make here (is /dev/pts mounted?)";
  }
  EXPECT_EQ(run({"convert", "in", "-o", "out"}).err, "");
  const outcome on_terminal = run({"convert", "in", "-o", "out"}, "script -qec \"", "\" /dev/null");
  EXPECT_EQ(on_terminal.status, 0);
  EXPECT_NE(on_terminal.out.find("100%"), std::string::npos) << on_terminal.out;
  EXPECT_NE(on_terminal.out.find("\r\x1B[K"), std::string::npos) << "it goes when it is over";
}

/// A quarter of a gigabyte of zeros, which take no room, to be interrupted in the middle.
TEST_F(output, interrupted_leaves_nothing) {
  const std::uint64_t elements = std::uint64_t{1} << 26;
  const std::string header =
      '{' + entry("t", "F32", '[' + std::to_string(elements) + ']', 0, 4 * elements) + '}';
  write("large", little_endian(header.size()) + header);
  fs::resize_file(path("large"), 8 + header.size() + 4 * elements);
  const outcome interrupted =
      run({"convert", "large", "-o", "out"}, "",
          "& for i in $(seq 1000); do ls out.*.tmp >/dev/null 2>&1 && break; sleep 0.01; done; "
          "kill -TERM $!; wait $!");
  EXPECT_EQ(interrupted.status, 128 + SIGTERM) << interrupted.err;
  EXPECT_EQ(files(), (names{"in", "large"}));
}

}  // namespace
}  // namespace f8cast_test
