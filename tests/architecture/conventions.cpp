// SPDX-License-Identifier: GPL-3.0-or-later
//! Judges the files of a tree by the house rules.
#include "tests/architecture/conventions.h"

#include "tests/architecture/sourcetree.h"

#include <QtCore/QDir>
#include <QtCore/QRegularExpression>

#include <array>

namespace tallystick {

using namespace Qt::StringLiterals;

namespace {

QList<SourceFile> cppFiles(const QString& root, const QStringList& folders)
{
    QList<SourceFile> files;
    for (const QString& folder : folders)
        files += sourceFiles(root, folder, {u"*.h"_s, u"*.cpp"_s});
    return files;
}

const QStringList& shippedFolders()
{
    static const QStringList folders{u"app"_s, u"ledger"_s, u"ui"_s};
    return folders;
}

const QStringList& allFolders()
{
    static const QStringList folders = shippedFolders() + QStringList{u"tests"_s};
    return folders;
}

QString at(const SourceFile& file, qsizetype index, const QString& wrong)
{
    return u"%1:%2: %3"_s.arg(file.path).arg(index + 1).arg(wrong);
}

/// The bodies of functions at namespace level begin and end with a brace in the first column.
QStringList functionsTooLong(const SourceFile& file, const Limits& limits)
{
    static const QRegularExpression notAFunction(u"^(class|struct|enum|union|namespace)\\b"_s);
    QStringList violations;
    qsizetype heading = 0;
    qsizetype opened = -1;
    for (qsizetype i = 0; i < file.lines.size(); ++i) {
        const QString& line = file.lines[i];
        if (opened < 0 && line == u"{"_s) {
            for (heading = i; heading > 0 && !file.lines[heading - 1].trimmed().isEmpty();)
                --heading;
            opened = i;
        } else if (opened >= 0 && line.startsWith(u'}')) {
            bool isFunction = true;
            for (qsizetype h = heading; h < opened; ++h)
                isFunction = isFunction && !notAFunction.match(file.lines[h]).hasMatch();
            const qsizetype length = i - opened - 1;
            const QString place = file.path + u':' + file.lines[heading];
            const bool isTable = place.endsWith(u"_data()"_s); // of a test: a row a line
            if (isFunction && !isTable && length > limits.functionLines &&
                !limits.longFunctions.contains(place))
                violations.append(
                    at(file, heading, u"a function of %1 lines (%2)"_s.arg(length).arg(place)));
            opened = -1;
        }
    }
    return violations;
}

QStringList stringLiterals(const QString& line)
{
    static const QRegularExpression literal(u"\"((?:[^\"\\\\]|\\\\.)*)\""_s);
    QStringList found;
    for (auto match = literal.globalMatch(withoutComment(line)); match.hasNext();)
        found.append(match.next().captured(1));
    return found;
}

} // namespace

QStringList headingViolations(const QString& root)
{
    QStringList violations;
    for (const SourceFile& file : cppFiles(root, allFolders())) {
        if (file.lines.value(0) != u"// SPDX-License-Identifier: GPL-3.0-or-later"_s)
            violations.append(at(file, 0, u"no licence line"_s));
        const QString sentence = file.lines.value(1);
        if (!sentence.startsWith(u"//! "_s) || sentence.size() < 12)
            violations.append(at(file, 1, u"no sentence on what the file is"_s));
        if (file.path.endsWith(u".h"_s) && !file.lines.contains(u"#pragma once"_s))
            violations.append(at(file, 2, u"no #pragma once"_s));
    }
    return violations;
}

QStringList lengthViolations(const QString& root, const Limits& limits)
{
    QStringList violations;
    for (const SourceFile& file : cppFiles(root, allFolders())) {
        const qsizetype most =
            file.path.startsWith(u"tests/"_s) ? limits.testLines : limits.fileLines;
        if (file.lines.size() > most && !limits.longFiles.contains(file.path))
            violations.append(at(file, file.lines.size() - 1, u"a long file"_s));
        for (qsizetype i = 0; i < file.lines.size(); ++i)
            if (file.lines[i].size() > limits.columns)
                violations.append(at(file, i, u"more than %1 columns"_s.arg(limits.columns)));
        violations += functionsTooLong(file, limits);
    }
    return violations;
}

QStringList unfinishedViolations(const QString& root)
{
    // Put together here, so that this file does not find itself.
    static const QRegularExpression mark(
        u"\\b(TO%1|FIX%2|XX%3|HA%4)\\b"_s.arg(u"DO"_s, u"ME"_s, u"X"_s, u"CK"_s));
    QStringList violations;
    for (const SourceFile& file : cppFiles(root, allFolders()))
        for (qsizetype i = 0; i < file.lines.size(); ++i)
            if (mark.match(file.lines[i]).hasMatch())
                violations.append(at(file, i, u"unfinished: "_s + file.lines[i].trimmed()));
    return violations;
}

QStringList sqlViolations(const QString& root)
{
    static const QRegularExpression statement(
        u"\\b(select\\s.+\\sfrom|insert\\s+into|update\\s+\\S+\\s+set|delete\\s+from|"
        "create\\s+table|alter\\s+table)\\b"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression table(
        u"\\b(UserBalance|CreditTransaction|CreditRefundRequest|UserOnboarding)\\b|"
        "platform\\.|\\\\\"(User|userId|runningBalance|transactionKey|createdAt)\\\\\""_s);
    QStringList violations;
    for (const SourceFile& file : cppFiles(root, shippedFolders()))
        for (qsizetype i = 0; i < file.lines.size(); ++i)
            for (const QString& literal : stringLiterals(file.lines[i]))
                if (statement.match(literal).hasMatch() || table.match(literal).hasMatch())
                    violations.append(at(file, i, u"SQL in a literal: "_s + literal));
    return violations;
}

QStringList topLevelViolations(const QString& root, const QStringList& expected)
{
    static const QRegularExpression leftBehind(
        u"^(\\.git|build.*|\\.cache|\\.idea|\\.vscode|CMakeUserPresets\\.json|.*\\.user)$"_s);
    QStringList violations;
    const QStringList present =
        QDir(root).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name);
    for (const QString& name : present)
        if (!expected.contains(name) && !leftBehind.match(name).hasMatch())
            violations.append(name + u" has no place at the top of the tree"_s);
    for (const QString& name : expected)
        if (!present.contains(name))
            violations.append(name + u" is missing at the top of the tree"_s);
    return violations;
}

} // namespace tallystick
