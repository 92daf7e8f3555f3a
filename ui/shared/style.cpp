// SPDX-License-Identifier: GPL-3.0-or-later
//! Which of the style's own drawings takes the place of Fusion's, and its sizes.
#include "ui/shared/style.h"

#include "ui/shared/styledraw.h"
#include "ui/shared/theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QAbstractSpinBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QStyleOption>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QToolButton>

#include <algorithm>

namespace tallystick {

namespace {

constexpr int scrollBarWidth = 12;
constexpr int controlHeight = 30;

bool isHorizontal(const QStyleOption& option)
{
    return option.state & QStyle::State_Horizontal;
}

/// The thumb, in a groove without arrow buttons.
QRect thumbOf(const QStyleOptionSlider& option)
{
    const bool horizontal = option.orientation == Qt::Horizontal;
    const int length = horizontal ? option.rect.width() : option.rect.height();
    const qint64 range = qint64(option.maximum) - option.minimum;
    if (range <= 0)
        return option.rect;
    const int thumb = std::clamp(int(qint64(option.pageStep) * length / (range + option.pageStep)),
                                 std::min(28, length), length);
    const int start = QStyle::sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, length - thumb, option.upsideDown);
    return horizontal ? QRect(option.rect.x() + start, option.rect.y(), thumb, option.rect.height())
                      : QRect(option.rect.x(), option.rect.y() + start, option.rect.width(), thumb);
}

} // namespace

Style::Style()
    : QProxyStyle(QStringLiteral("fusion"))
{
}

void Style::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QPushButton*>(widget) || qobject_cast<QToolButton*>(widget) ||
        qobject_cast<QComboBox*>(widget) || qobject_cast<QScrollBar*>(widget) ||
        qobject_cast<QTabBar*>(widget))
        widget->setAttribute(Qt::WA_Hover);
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                          const QWidget* widget) const
{
    switch (int(element)) {
    case PE_PanelLineEdit:
        // The editor inside a combo box or spin box stands on that control's own field.
        if (!widget || !(qobject_cast<QComboBox*>(widget->parentWidget()) ||
                         qobject_cast<QAbstractSpinBox*>(widget->parentWidget())))
            styledraw::field(*option, *painter, widget);
        return;
    case PE_FrameLineEdit:
        styledraw::field(*option, *painter, widget);
        return;
    case PE_PanelButtonTool:
        styledraw::toolButton(*option, *painter);
        return;
    case PE_IndicatorCheckBox:
        styledraw::checkBox(*option, *painter);
        return;
    case PE_FrameFocusRect:
        if (!qobject_cast<const QAbstractItemView*>(widget))
            styledraw::focusRing(*option, *painter);
        return;
    case PE_IndicatorTabClose:
        styledraw::closeMark(*option, *painter);
        return;
    case PE_FrameTabBarBase:
    case PE_FrameTabWidget:
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                        const QWidget* widget) const
{
    switch (int(element)) {
    case CE_PushButton:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
            styledraw::pushButton(*button, *painter);
            return;
        }
        break;
    case CE_TabBarTabShape:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) {
            styledraw::tab(*tab, *painter);
            return;
        }
        break;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        styledraw::headerSection(*option, *painter);
        return;
    case CE_HeaderLabel:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
            styledraw::headerLabel(*header, *painter);
            return;
        }
        break;
    case CE_Splitter:
        painter->fillRect(option->rect, theme::color(theme::Role::Hairline, option->palette));
        return;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                               QPainter* painter, const QWidget* widget) const
{
    if (control == CC_ScrollBar) {
        if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option)) {
            styledraw::scrollBar(*slider, thumbOf(*slider), *painter);
            return;
        }
    }
    if (control == CC_ComboBox) {
        styledraw::comboBox(*option, *painter, widget);
        return;
    }
    if (control == CC_SpinBox) {
        const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
        if (spin && spin->buttonSymbols == QAbstractSpinBox::NoButtons) {
            styledraw::field(*option, *painter, widget);
            return;
        }
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (int(metric)) {
    case PM_ScrollBarExtent:
        return scrollBarWidth;
    case PM_SplitterWidth:
        return 1; // Qt widens what can be grabbed by itself
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarBaseOverlap:
    case PM_TabBarTabOverlap:
    case PM_TabBarTabShiftVertical:
        return 0;
    case PM_TabBarTabHSpace:
        return 28;
    case PM_TabBarTabVSpace:
        return 18;
    case PM_HeaderMargin:
        return 4;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
        return 16;
    case PM_ToolTipLabelFrameWidth:
        return 4;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                     QStyleHintReturn* returnData) const
{
    switch (int(hint)) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_ComboBox_Popup:
    case SH_UnderlineShortcut:
        return 0;
    case SH_ItemView_ShowDecorationSelected:
    case SH_ScrollBar_LeftClickAbsolutePosition:
        return 1;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                              const QWidget* widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (int(type)) {
    case CT_PushButton:
        result = {size.width() + 3 * theme::gap, controlHeight};
        break;
    case CT_LineEdit:
    case CT_ComboBox:
    case CT_SpinBox:
        result.setHeight(std::max(result.height(), controlHeight));
        if (type == CT_ComboBox)
            result.rwidth() += theme::group;
        break;
    case CT_HeaderSection:
        result.setHeight(30);
        result.rwidth() += theme::group; // the inset headerLabel() draws with
        break;
    default:
        break;
    }
    return result;
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                            SubControl part, const QWidget* widget) const
{
    const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (control == CC_ScrollBar && slider) {
        const QRect thumb = thumbOf(*slider);
        const QRect& all = slider->rect;
        const bool horizontal = isHorizontal(*slider) || slider->orientation == Qt::Horizontal;
        switch (int(part)) {
        case SC_ScrollBarSlider:
            return thumb;
        case SC_ScrollBarGroove:
            return all;
        case SC_ScrollBarSubPage:
            return horizontal ? QRect(all.topLeft(), QPoint(thumb.left() - 1, all.bottom()))
                              : QRect(all.topLeft(), QPoint(all.right(), thumb.top() - 1));
        case SC_ScrollBarAddPage:
            return horizontal ? QRect(QPoint(thumb.right() + 1, all.top()), all.bottomRight())
                              : QRect(QPoint(all.left(), thumb.bottom() + 1), all.bottomRight());
        default:
            return {};
        }
    }
    if (control == CC_ComboBox && part == SC_ComboBoxEditField)
        return option->rect.adjusted(theme::gap, 1, -theme::margin, -1);
    return QProxyStyle::subControlRect(control, option, part, widget);
}

QRect Style::subElementRect(SubElement element, const QStyleOption* option,
                            const QWidget* widget) const
{
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    return element == SE_LineEditContents ? rect.adjusted(6, 0, -6, 0) : rect;
}

} // namespace tallystick
