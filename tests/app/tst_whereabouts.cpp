// SPDX-License-Identifier: GPL-3.0-or-later
//! Which database is meant: the option before the environment before the lab.
#include "app/composition.h"

#include <QtCore/QDir>
#include <QtTest/QtTest>

using namespace tallystick;

class tst_Whereabouts final : public QObject
{
    Q_OBJECT

private slots:
    void prefersTheOptionToTheEnvironment();
    void takesTheLabWhenNothingIsSaid();
    void takesTheLabByNameWhateverTheEnvironmentSays();
    void makesTheLabsDirectoryAbsolute();
    void findsTheDriverAndMissesIt();
};

void tst_Whereabouts::prefersTheOptionToTheEnvironment()
{
    const QString option = QStringLiteral("postgresql://a/b");
    const QString environment = QStringLiteral("postgresql://c/d");
    QCOMPARE(whereabouts({.connection = option, .data = {}, .verb = {}}, environment)
                 .uri.value_or(QString()),
             option);
    QCOMPARE(whereabouts({.connection = {}, .data = {}, .verb = {}}, environment)
                 .uri.value_or(QString()),
             environment);
}

void tst_Whereabouts::takesTheLabWhenNothingIsSaid()
{
    const Whereabouts where = whereabouts({.connection = {}, .data = {}, .verb = {}}, {});
    QVERIFY(!where.uri);
    QCOMPARE(where.labDirectory, defaultLabDirectory());
}

void tst_Whereabouts::takesTheLabByNameWhateverTheEnvironmentSays()
{
    QVERIFY(!whereabouts({.connection = QStringLiteral("lab"), .data = {}, .verb = {}},
                         QStringLiteral("postgresql://c/d"))
                 .uri);
}

void tst_Whereabouts::makesTheLabsDirectoryAbsolute()
{
    const auto directory = [](const char* data) {
        return whereabouts({.connection = {}, .data = QString::fromLatin1(data), .verb = {}}, {})
            .labDirectory;
    };
    QCOMPARE(directory("/a/../b/lab/"), QStringLiteral("/b/lab"));
    QCOMPARE(directory("here"), QDir::current().absoluteFilePath(QStringLiteral("here")));
}

void tst_Whereabouts::findsTheDriverAndMissesIt()
{
    QVERIFY(!missingDriver());
    const QStringList paths = QCoreApplication::libraryPaths();
    QCoreApplication::setLibraryPaths({QDir::tempPath()});
    const auto sentence = missingDriver();
    QCoreApplication::setLibraryPaths(paths);
    QVERIFY(sentence);
    QVERIFY(sentence->contains(QStringLiteral("libqt6sql6-psql")));
}

QTEST_GUILESS_MAIN(tst_Whereabouts)
#include "tst_whereabouts.moc"
