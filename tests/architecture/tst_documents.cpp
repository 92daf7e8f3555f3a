// SPDX-License-Identifier: GPL-3.0-or-later
//! Manual page and completions name every verb and option there is, and nothing that is not there.
#include "app/grammar.h"

#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtCore/QSet>
#include <QtTest/QtTest>

using namespace tallystick;
using namespace Qt::StringLiterals;

namespace {

QString readSource(const QString& path)
{
    QFile file(QStringLiteral(TALLYSTICK_SOURCE_DIR "/packaging/") + path);
    QString text = file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    return text.replace(u"\\-"_s, u"-"_s); // as roff writes a minus
}

/// Words of verbs and names of options that can be used in this version.
QSet<QString> availableWords()
{
    QSet<QString> words;
    for (const OptionRule& option : globalOptions())
        words.insert(u"--"_s + option.name);
    for (const VerbRule& verb : verbRules()) {
        if (!verb.available)
            continue;
        for (const QString& word : verb.words.split(u' ', Qt::SkipEmptyParts))
            words.insert(word);
        for (const OptionRule& option : verb.options)
            if (option.available)
                words.insert(u"--"_s + option.name);
    }
    return words;
}

} // namespace

class tst_Documents final : public QObject
{
    Q_OBJECT

private slots:
    void nameEveryVerbAndOption_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("dash"); // how an option is written there
        QTest::newRow("manual page") << u"man/tallystick.1.in"_s << u"--"_s;
        QTest::newRow("bash") << u"completions/tallystick.bash"_s << u"--"_s;
        QTest::newRow("zsh") << u"completions/_tallystick"_s << u"--"_s;
        QTest::newRow("fish") << u"completions/tallystick.fish"_s << QString();
    }

    void nameEveryVerbAndOption()
    {
        QFETCH(QString, path);
        QFETCH(QString, dash);
        const QString text = readSource(path);
        QVERIFY(!text.isEmpty());
        QStringList missing;
        for (QString word : availableWords()) {
            if (word.startsWith(u"--"_s))
                word = dash + word.mid(2);
            const QRegularExpression whole(
                u"(?<![a-z-])%1(?![a-z-])"_s.arg(QRegularExpression::escape(word)));
            if (!whole.match(text).hasMatch())
                missing.append(word);
        }
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u' ')));
    }

    void nameNoOptionThatIsNot_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("manual page") << u"man/tallystick.1.in"_s;
        QTest::newRow("bash") << u"completions/tallystick.bash"_s;
        QTest::newRow("zsh") << u"completions/_tallystick"_s;
    }

    void nameNoOptionThatIsNot()
    {
        QFETCH(QString, path);
        static const QRegularExpression option(u"(?<![a-z-])--[a-z][a-z-]*"_s);
        const QSet<QString> available = availableWords();
        const QString text = readSource(path);
        for (auto match = option.globalMatch(text); match.hasNext();) {
            const QString found = match.next().captured();
            QVERIFY2(available.contains(found), qPrintable(found));
        }
    }
};

QTEST_GUILESS_MAIN(tst_Documents)
#include "tst_documents.moc"
