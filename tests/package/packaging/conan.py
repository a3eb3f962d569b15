"""Runs the Conan recipe with this file's functions in the place of Conan's.

    python3 conan.py RECIPE_FOLDER VERSION
"""

import os
import pathlib
import shutil
import sys
import tempfile
import types


def copy(_recipe, pattern, src, dst):
    for file in sorted(pathlib.Path(src).glob(pattern.replace("*", "**/*"))):
        if file.is_file():
            target = pathlib.Path(dst, file.relative_to(src))
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)


def load(_recipe, path):
    return pathlib.Path(path).read_text(encoding="utf-8")


def module(name, **contents):
    sys.modules[name] = types.ModuleType(name)
    vars(sys.modules[name]).update(contents)


module("conan", ConanFile=object)
module("conan.tools")
module("conan.tools.build", check_min_cppstd=None)
module("conan.tools.files", copy=copy, load=load)

folder, version = sys.argv[1:]
scope = {}
path = os.path.join(folder, "conanfile.py")
exec(compile(load(None, path), path, "exec"), scope)  # pylint: disable=exec-used

recipe = scope["F8Recipe"]()
with tempfile.TemporaryDirectory() as work:
    recipe.recipe_folder = folder
    recipe.export_sources_folder = recipe.source_folder = os.path.join(work, "source")
    recipe.package_folder = os.path.join(work, "package")
    recipe.set_version()
    recipe.export_sources()
    recipe.package()
    if recipe.version != version:
        sys.exit(f"the recipe is of version {recipe.version}, not {version}")
    for file in ("include/f8/f8.hpp", "include/f8/kernels/avx2/convert.hpp", "licenses/LICENSE"):
        if not os.path.isfile(os.path.join(recipe.package_folder, file)):
            sys.exit(f"the recipe packs no {file}")
