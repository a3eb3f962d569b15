// Where the output goes, and that it appears whole or not at all.
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
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

/// Whatever the way to it.
class output_is_an_input : public output {
 protected:
  /// Spellings of `real`, a file in the test's folder, and links, whose names have the suffix.
  names ways_to(const std::string& real, const std::string& suffix) const {
    const std::string folder = fs::path(path("")).parent_path().filename().string();
    const std::string link = "link" + suffix;
    const std::string second_link = "second_link" + suffix;
    const std::string hard_link = "hard_link" + suffix;
    for (const std::string& old : {std::string("here"), link, second_link, hard_link}) {
      fs::remove(path(old));
    }
    fs::create_symlink(".", path("here"));
    fs::create_symlink(real, path(link));
    fs::create_symlink("here/" + link, path(second_link));
    fs::create_hard_link(path(real), path(hard_link));
    return {real,        "./" + real, "../" + folder + '/' + real, path(real), "here/" + real, link,
            second_link, hard_link};
  }

  /// Says so, and nothing has happened to what was there.
  void expect_refused(std::vector<std::string> arguments, const std::string& out,
                      const std::string& real) const {
    SCOPED_TRACE(out);
    const std::string before = read_file(path(real));
    const names there = files();
    arguments.push_back(out);
    const outcome refusal = run(arguments);
    EXPECT_EQ(refusal.status, 1);
    EXPECT_EQ(refusal.out, "");
    EXPECT_EQ(refusal.err.rfind("f8cast: " + out + ": the same file as the input ", 0), 0U)
        << refusal.err;
    EXPECT_EQ(read_file(path(real)), before);
    EXPECT_EQ(files(), there);
  }
};

TEST_F(output_is_an_input, of_convert) {
  for (const std::string& way : ways_to("in", "")) {
    expect_refused({"convert", "in", "-o"}, way, "in");
    expect_refused({"convert", way, "-o"}, "in", "in");
  }
}

TEST_F(output_is_an_input, of_report) {
  fs::rename(path("in"), path("in.svg"));
  for (const std::string& way : ways_to("in.svg", ".svg")) {
    expect_refused({"report", "in.svg", "--plot"}, way, "in.svg");
  }
}

/// Any of its files may be called a plot, by a link at least.
TEST_F(output_is_an_input, that_has_an_index) {
  fs::rename(path("in"), path("1.svg"));
  write("2.svg", safetensors('{' + entry("b", "F32", "[1]", 0, 4) + '}', "1234"));
  write("in.index.json", R"({"weight_map":{"t":"1.svg","b":"2.svg"}})");
  fs::create_symlink("in.index.json", path("index.svg"));
  for (const std::string real : {"1.svg", "2.svg"}) {
    for (const std::string& way : ways_to(real, ".svg")) {
      expect_refused({"report", "in.index.json", "--plot"}, way, real);
    }
  }
  expect_refused({"report", "in.index.json", "--plot"}, "index.svg", "in.index.json");
}

/// The folder of the inputs, by any way to it, or one that has it in it.
TEST_F(output_is_an_input, whose_folder_holds_others) {
  fs::create_directory(path("folder"));
  fs::rename(path("in"), path("folder/1"));
  write("folder/in.index.json", R"({"weight_map":{"t":"1"}})");
  fs::create_symlink("folder", path("link"));
  for (const std::string& folder : names{"folder", "folder/", "folder/.", "folder/../folder",
                                         "link", "link/", ".", "..", path("folder")}) {
    SCOPED_TRACE(folder);
    const outcome refusal = run({"convert", "folder", "-o", folder});
    EXPECT_EQ(refusal.status, 1);
    EXPECT_NE(refusal.err.find(": a folder with files in it: will not be replaced"),
              std::string::npos)
        << refusal.err;
    EXPECT_EQ(files(), (names{"folder", "link"}));
  }
  EXPECT_EQ(run({"convert", "folder", "-o", "folder/out"}).status, 0) << "touches no input";
  EXPECT_TRUE(fs::exists(path("folder/out/in.index.json")));
}

TEST_F(output, is_not_where_the_summary_is_printed) {
  for (const std::string redirection : {">out", "2>out"}) {
    SCOPED_TRACE(redirection);
    const std::string printed = redirection[0] == '2' ? "/dev/stderr" : "/dev/stdout";
    for (const std::string& out : {std::string("out"), printed}) {
      const outcome refusal = run({"convert", "in", "-o", out}, "", redirection);
      EXPECT_EQ(refusal.status, 1);
      const std::string text = redirection[0] == '2' ? read_file(path("out")) : refusal.err;
      EXPECT_EQ(text,
                "f8cast: " + out + ": the same file as " + printed + ": will not be replaced\n");
    }
  }
}

TEST_F(output, is_readable_by_whom_the_umask_says) {
  ASSERT_EQ(run({"convert", "in", "-o", "out"}, "umask 027; ").status, 0);
  EXPECT_EQ(fs::status(path("out")).permissions(), fs::perms{0640});
}

/// Whatever the umask, and whoever may do more.
TEST_F(output, keeps_the_permissions_of_what_was_there) {
  write("in.index.json", R"({"weight_map":{"t":"in"}})");
  for (const unsigned mode : {0600U, 0640U, 0664U, 0666U, 0755U, 0207U}) {
    for (const std::string umask : {"umask 0; ", "umask 077; "}) {
      SCOPED_TRACE(umask + std::to_string(mode));
      write("out", "old");
      fs::permissions(path("out"), fs::perms{mode});
      EXPECT_EQ(run({"convert", "in", "-o", "out"}, umask).status, 0);
      EXPECT_GT(fs::file_size(path("out")), 40'000U);
      EXPECT_EQ(fs::status(path("out")).permissions(), fs::perms{mode});
    }
  }
  fs::create_directory(path("folder"));
  fs::permissions(path("folder"), fs::perms{0710});
  EXPECT_EQ(run({"convert", "in.index.json", "-o", "folder"}, "umask 0; ").status, 0);
  EXPECT_EQ(fs::status(path("folder")).permissions(), fs::perms{0710});
}

/// Root may give files away.
TEST_F(output, keeps_the_owner_where_it_may) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root may";
  write("out", "old");
  ASSERT_EQ(::chown(path("out").c_str(), 12'345, 23'456), 0);
  fs::permissions(path("out"), fs::perms{0640});
  EXPECT_EQ(run({"convert", "in", "-o", "out"}).status, 0);
  struct stat now {};
  ASSERT_EQ(::stat(path("out").c_str(), &now), 0);
  EXPECT_EQ(now.st_uid, 12'345U);
  EXPECT_EQ(now.st_gid, 23'456U);
  EXPECT_EQ(now.st_mode & 07777, 0640U);
}

/// A file of a group that one is not in: the new one is not for one's own group instead. And one
/// that its owner wrote-protected stays.
TEST_F(output, of_one_who_may_less) {
  constexpr unsigned nobody = 65'534;
  const std::string as_nobody = "setpriv --reuid=65534 --regid=65534 --clear-groups ";
  const std::string try_it = as_nobody + "test -x '" + program_ + "' 2>/dev/null";
  if (::geteuid() != 0 || std::system(try_it.c_str()) != 0) GTEST_SKIP() << "needs root to begin";
  for (const std::string name : {"out", "protected"}) {
    write(name, "old");
    ASSERT_EQ(::chown(path(name).c_str(), nobody, 23'456), 0);
  }
  ASSERT_EQ(::chown(path("").c_str(), nobody, nobody), 0);
  fs::permissions(path("out"), fs::perms{0654});
  EXPECT_EQ(run({"convert", "in", "-o", "out"}, as_nobody).status, 0);
  EXPECT_EQ(fs::status(path("out")).permissions(), fs::perms{0644});
  fs::permissions(path("protected"), fs::perms{0444});
  const outcome refusal = run({"convert", "in", "-o", "protected"}, as_nobody);
  EXPECT_EQ(refusal.status, 1);
  EXPECT_EQ(refusal.err, "f8cast: protected: write-protected: will not be replaced\n");
  EXPECT_EQ(read_file(path("protected")), "old");
}

TEST_F(output, that_is_a_link_to_nothing_is_refused) {
  write("in.index.json", R"({"weight_map":{"t":"in"}})");
  fs::create_symlink("nothing", path("dangling"));
  fs::create_symlink("dangling", path("link_to_it.svg"));
  fs::create_symlink("loop", path("loop"));
  const names before = files();
  for (const auto& arguments : {words{"convert", "in", "-o", "dangling"},
                                {"convert", "in", "-o", "loop"},
                                {"convert", "in.index.json", "-o", "dangling"},
                                {"report", "in", "--plot", "link_to_it.svg"}}) {
    const outcome refusal = run(arguments);
    EXPECT_EQ(refusal.status, 1);
    EXPECT_EQ(refusal.out, "");
    EXPECT_EQ(refusal.err, "f8cast: " + arguments.back() +
                               ": a link that leads nowhere: will not be replaced\n");
    EXPECT_EQ(files(), before);
    EXPECT_TRUE(fs::is_symlink(path("dangling")));
  }
}

TEST_F(output, into_an_empty_folder_by_a_link) {
  write("in.index.json", R"({"weight_map":{"t":"in"}})");
  fs::create_directory(path("folder"));
  fs::create_symlink("folder", path("link"));
  ASSERT_EQ(run({"convert", "in.index.json", "-o", "link"}).status, 0);
  EXPECT_TRUE(fs::is_symlink(path("link")));
  EXPECT_TRUE(fs::exists(path("folder/in.index.json")));
  fs::create_directory(path("empty"));
  EXPECT_EQ(run({"convert", "../in.index.json", "-o", "."}, "cd empty; ").err,
            "f8cast: .: the current folder: will not be replaced\n");
}

TEST_F(output, has_a_suffix_that_says_what_it_is) {
  write("in.index.json", R"({"weight_map":{"t":"in"}})");
  const auto expect_refused = [&](const std::vector<std::string>& arguments) {
    const names before = files();
    const outcome refusal = run(arguments);
    EXPECT_EQ(refusal.status, 1);
    EXPECT_EQ(refusal.err.rfind("f8cast: " + arguments.back() + ": ", 0), 0U) << refusal.err;
    EXPECT_NE(refusal.err.find(fs::path(arguments.back()).extension().string()), std::string::npos);
    EXPECT_EQ(files(), before);
  };
  for (const std::string suffix : {".npy", ".gguf", ".bin", ".index.json", ".svg"}) {
    expect_refused({"convert", "in", "-o", "out" + suffix});
    expect_refused({"convert", "in.index.json", "-o", "out" + suffix});
  }
  for (const std::string suffix : {".txt", ".safetensor", ".SAFETENSORS", ".safetensors.npy"}) {
    expect_refused({"convert", "in", "-o", "out" + suffix});
  }
  expect_refused({"convert", "in.index.json", "-o", "out.safetensors"});
  for (const std::string suffix : {".png", ".pdf", ".safetensors", ".svg.txt", ".SVG", ""}) {
    expect_refused({"report", "in", "--plot", "out" + suffix});
  }
  EXPECT_EQ(run({"convert", "in", "-o", "out.safetensors"}).status, 0);
  EXPECT_EQ(run({"convert", "in.index.json", "-o", "Model-3.1-8B.fp8"}).status, 0);
  EXPECT_EQ(run({"report", "in", "--plot", "out.svg"}).status, 0);
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
  EXPECT_EQ(run({"convert", "in", "-o", "/dev/stdout"}, "", "| cat").err,
            "f8cast: /dev/stdout: not a regular file: will not be replaced\n");
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

/// What has no room in memory is kept in a file that has no name. (Not killed by SIGXFSZ.)
TEST_F(output, table_that_does_not_fit_is_an_error) {
  std::string entries;
  for (std::size_t i = 0; i < 4'200; ++i) {
    entries += entry(std::to_string(i) + std::string(1'000, 'n'), "U8", "[0]", 0, 0) + ',';
  }
  write("many", safetensors('{' + entries + entry("t", "U8", "[0]", 0, 0) + '}', ""));
  const outcome refusal = run({"info", "many"}, "ulimit -f 16; ");
  EXPECT_EQ(refusal.status, 1);
  EXPECT_EQ(refusal.err, "f8cast: temporary file: File too large\n");
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

// ------------------------------------------------------------------------------------- signals

bool can_be_caught(int signal) {
  struct sigaction now {};
  return ::sigaction(signal, nullptr, &now) == 0 && ::sigaction(signal, &now, nullptr) == 0;
}

/// As it is for this process's children: nothing is blocked, and each signal does the same.
void set_all_signals(void (*disposition)(int)) {
  for (int signal = 1; signal <= SIGRTMAX; ++signal) std::signal(signal, disposition);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
}

/// Found out, so that it is not f8cast's own list.
bool ends_a_process(int signal) {
  const pid_t child = ::fork();
  if (child == 0) {
    set_all_signals(SIG_DFL);
    ::raise(signal);
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, WUNTRACED);
  if (!WIFSTOPPED(status)) return WIFSIGNALED(status);
  ::kill(child, SIGKILL);
  ::waitpid(child, &status, 0);
  return false;
}

std::vector<int> signals_that_end_a_process() {
  std::vector<int> result;
  for (int signal = 1; signal <= SIGRTMAX; ++signal) {
    if (can_be_caught(signal) && ends_a_process(signal)) result.push_back(signal);
  }
  return result;
}

class interrupted_output : public output {
 protected:
  /// 128 MiB of zeros, which take no room, to be interrupted in the middle.
  interrupted_output() {
    const std::uint64_t elements = std::uint64_t{1} << 25;
    const std::string header =
        '{' + entry("large", "F32", '[' + std::to_string(elements) + ']', 0, 4 * elements) + '}';
    fs::create_directory(path("from"));
    write("from/large", little_endian(header.size()) + header);
    fs::resize_file(path("from/large"), 8 + header.size() + 4 * elements);
    write("from/in.index.json", R"({"weight_map":{"large":"large"}})");
  }

  /// f8cast, as it begins to write the large file into a folder.
  pid_t start(void (*disposition)(int)) const {
    const pid_t child = ::fork();
    if (child == 0) {
      set_all_signals(disposition);
      // A sanitizer would have some of them for itself.
      const std::string options =
          "handle_segv=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0:handle_abort=0";
      ::setenv("ASAN_OPTIONS", options.c_str(), 1);
      ::setenv("UBSAN_OPTIONS", options.c_str(), 1);
      const std::string log = path("log");
      if (std::freopen(log.c_str(), "w", stdout) == nullptr || ::dup2(1, 2) != 2) ::_exit(126);
      ::execl(program_.c_str(), "f8cast", "convert", path("from").c_str(), "-o",
              path("out").c_str(), nullptr);
      ::_exit(127);
    }
    while (!writes() && ::waitpid(child, nullptr, WNOHANG) == 0) ::usleep(500);
    return child;
  }

  /// That there is a temporary file with something in it.
  bool writes() const {
    std::error_code error;
    for (const auto& file : fs::recursive_directory_iterator(path(""), error)) {
      if (file.path().extension() == ".tmp" && file.is_regular_file(error)) return true;
    }
    return false;
  }
};

/// Every signal that ends a process and can be caught. SIGXFSZ alone does not end f8cast, which has
/// it say itself that a file may not grow.
TEST_F(interrupted_output, leaves_nothing_whatever_the_signal) {
  const std::vector<int> signals = signals_that_end_a_process();
  EXPECT_GT(signals.size(), 20U);
  for (const int signal : signals) {
    if (signal == SIGXFSZ) continue;
    SCOPED_TRACE(std::to_string(signal) + ' ' + ::strsignal(signal));
    const pid_t child = start(SIG_DFL);
    ::kill(child, signal);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child) << read_file(path("log"));
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == signal) << status;
    ASSERT_EQ(files(), (names{"from", "in", "log"}));
  }
}

/// As by nohup.
TEST_F(interrupted_output, goes_on_where_signals_are_ignored) {
  const pid_t child = start(SIG_IGN);
  for (const int signal : signals_that_end_a_process()) ::kill(child, signal);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child) << read_file(path("log"));
  EXPECT_EQ(status, 0) << read_file(path("log"));
  EXPECT_EQ(files(), (names{"from", "in", "log", "out"}));
}

}  // namespace
}  // namespace f8cast_test
