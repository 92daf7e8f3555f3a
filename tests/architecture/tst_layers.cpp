// SPDX-License-Identifier: GPL-3.0-or-later
//! Every #include keeps to the layer table of ARCHITECTURE.md.
#include "tests/architecture/layers.h"
#include "tests/architecture/sourcetree.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace tallystick;
using namespace Qt::StringLiterals;

class tst_Layers final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QFile file(QStringLiteral(TALLYSTICK_SOURCE_DIR "/ARCHITECTURE.md"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_layers = layersOf(QString::fromUtf8(file.readAll()));
    }

    void tableHasARowForEachFolder()
    {
        QStringList folders;
        for (const Layer& layer : m_layers)
            folders.append(layer.folder);
        const QStringList expected{u"ledger/core"_s, u"ledger/audit"_s, u"ledger/postgres"_s,
                                   u"ledger/lab"_s,  u"ledger/async"_s, u"ledger/stress"_s,
                                   u"ui"_s,          u"app"_s};
        QCOMPARE(folders, expected);
    }

    void tableOpensOneDoorOfPostgresToTheProgram()
    {
        const Layer& app = m_layers.last();
        QVERIFY(!app.projectFolders.contains(u"ledger/postgres"_s));
        QVERIFY(app.projectFolders.contains(u"ledger/lab"_s));
        QCOMPARE(app.projectFiles, QStringList{u"ledger/postgres/open.h"_s});
    }

    void everyIncludeKeepsToTheTable()
    {
        const auto violations = layerViolations(QStringLiteral(TALLYSTICK_SOURCE_DIR), m_layers);
        QVERIFY2(violations.isEmpty(), qPrintable(u"\n"_s + violations.join(u'\n')));
    }

    void findsAPlantedViolation_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("include");
        QTest::addColumn<QString>("found");
        QTest::newRow("core sees the database") << u"ledger/core/x.h"_s << u"<QtSql/QSqlQuery>"_s
                                                << u"may not include <QtSql/QSqlQuery>"_s;
        QTest::newRow("core sees audit") << u"ledger/core/x.cpp"_s << u"\"ledger/audit/a.h\""_s
                                         << u"may not include \"ledger/audit/a.h\""_s;
        QTest::newRow("stress sees postgres")
            << u"ledger/stress/x.cpp"_s << u"\"ledger/postgres/open.h\""_s << u"may not include"_s;
        QTest::newRow("the window sees postgres")
            << u"ui/users/x.cpp"_s << u"\"ledger/postgres/open.h\""_s << u"may not include"_s;
        QTest::newRow("the window sees the lab")
            << u"ui/users/x.cpp"_s << u"\"ledger/lab/lab.h\""_s << u"may not include"_s;
        QTest::newRow("the program goes behind the door")
            << u"app/x.cpp"_s << u"\"ledger/postgres/session.h\""_s << u"may not include"_s;
        QTest::newRow("a relative include")
            << u"ledger/core/x.cpp"_s << u"\"a.h\""_s << u"no file from the root"_s;
        QTest::newRow("a header without its module")
            << u"ledger/core/x.cpp"_s << u"<QString>"_s << u"does not name its Qt module"_s;
        QTest::newRow("audit talks libpq")
            << u"ledger/audit/x.cpp"_s << u"<libpq-fe.h>"_s << u"may not include <libpq-fe.h>"_s;
        QTest::newRow("a folder nobody knows")
            << u"ledger/unknown/x.cpp"_s << u"<vector>"_s << u"its folder is in no row"_s;
        QTest::newRow("a name that begins like an allowed one")
            << u"ledger/audit/x.cpp"_s << u"\"ledger/corex/a.h\""_s << u"may not include"_s;
    }

    void findsAPlantedViolation()
    {
        QFETCH(QString, path);
        QFETCH(QString, include);
        QFETCH(QString, found);
        const QTemporaryDir tree;
        for (const QString& file :
             {u"ledger/core/a.h"_s, u"ledger/corex/a.h"_s, u"ledger/audit/a.h"_s,
              u"ledger/lab/lab.h"_s, u"ledger/postgres/open.h"_s, u"ledger/postgres/session.h"_s})
            QVERIFY(plant(tree.path(), file, u"#pragma once\n"_s));
        QVERIFY(plant(tree.path(), path, u"// one\n#include %1\n"_s.arg(include)));
        auto violations = layerViolations(tree.path(), m_layers);
        violations.removeIf(
            [](const QString& text) { return text.startsWith(u"ledger/corex/"_s); });
        QCOMPARE(violations.size(), 1);
        QVERIFY2(violations.first().contains(path), qPrintable(violations.first()));
        QVERIFY2(violations.first().contains(found), qPrintable(violations.first()));
    }

    void acceptsWhatTheTableAllows()
    {
        const QTemporaryDir tree;
        QVERIFY(plant(tree.path(), u"ledger/core/a.h"_s,
                      u"#pragma once\n#include <QtCore/QString>\n"_s));
        QVERIFY(
            plant(tree.path(), u"ledger/postgres/open.h"_s, u"#include \"ledger/core/a.h\"\n"_s));
        QVERIFY(
            plant(tree.path(), u"ledger/postgres/x.cpp"_s,
                  u"#include <libpq-fe.h>\n#include <QtSql/QSqlQuery>\n#include \"x.moc\"\n"_s));
        QVERIFY(plant(tree.path(), u"app/x.cpp"_s, u"#include \"ledger/postgres/open.h\"\n"_s));
        QCOMPARE(layerViolations(tree.path(), m_layers), QStringList());
    }

private:
    QList<Layer> m_layers;
};

QTEST_GUILESS_MAIN(tst_Layers)
#include "tst_layers.moc"
