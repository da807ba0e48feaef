using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Linkage.Shape.Tests.Support;

/// <summary>Writes one member as its declaration would.</summary>
internal static class MemberText
{
    /// <summary>Whether code outside the assembly can call it.</summary>
    public static bool IsPromised(MethodBase method) => method.IsPublic
        || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed);

    public static string Of(ConstructorInfo constructor) =>
        $"{Access(constructor)}{TypeNames.Of(constructor.DeclaringType!)}({Parameters(constructor)})";

    public static string Of(MethodInfo method)
    {
        string generic = method.IsGenericMethod
            ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>"
            : string.Empty;
        return $"{Modifiers(method)}{Passing(method.ReturnParameter)}{TypeOf(method.ReturnParameter)} "
            + $"{method.Name}{generic}({Parameters(method)}){Constraints(method)}";
    }

    public static string Of(PropertyInfo property)
    {
        IEnumerable<string> accessors = property.GetAccessors(nonPublic: true).Where(IsPromised).Select(Accessor);
        string index = string.Join(", ", property.GetIndexParameters().Select(Parameter));
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : string.Empty;
        MethodInfo first = property.GetAccessors(nonPublic: true).First(IsPromised);
        string type = TypeNames.Of(property.PropertyType, new NullabilityInfoContext().Create(property));
        return $"{Modifiers(first)}{required}{type} {property.Name}{(index.Length == 0 ? "" : $"[{index}]")} "
            + $"{{ {string.Join(" ", accessors)} }}";
    }

    public static string Of(EventInfo happening) => $"{Modifiers(happening.AddMethod!)}event "
        + $"{TypeNames.Of(happening.EventHandlerType!)} {happening.Name}";

    public static string Of(FieldInfo field)
    {
        string type = TypeNames.Of(field.FieldType, new NullabilityInfoContext().Create(field));
        string modifiers = (field.IsStatic, field.IsInitOnly) switch
        {
            (true, true) => "static readonly ",
            (true, false) => "static ",
            (false, true) => "readonly ",
            _ => string.Empty,
        };
        return field.IsLiteral
            ? $"const {type} {field.Name} = {Constant(field.GetRawConstantValue())}"
            : $"{modifiers}{type} {field.Name}";
    }

    private static string Access(MethodBase method) => method.IsPublic ? string.Empty : "protected ";

    private static string Modifiers(MethodInfo method)
    {
        bool isOverride = method.GetBaseDefinition().DeclaringType != method.DeclaringType;
        string dispatch = (method.IsAbstract, isOverride, method.IsVirtual && !method.IsFinal) switch
        {
            _ when method.DeclaringType!.IsInterface => string.Empty,
            (true, _, _) => "abstract ",
            (_, true, _) => "override ",
            (_, _, true) => "virtual ",
            _ => string.Empty,
        };
        return Access(method) + (method.IsStatic ? "static " : dispatch);
    }

    private static string Accessor(MethodInfo accessor)
    {
        bool isInit = accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
        bool isGet = accessor.ReturnType != typeof(void);
        return (isGet, isInit) switch { (true, _) => "get;", (_, true) => "init;", _ => "set;" };
    }

    private static string Parameters(MethodBase method)
    {
        string parameters = string.Join(", ", method.GetParameters().Select(Parameter));
        return method.IsDefined(typeof(ExtensionAttribute)) ? "this " + parameters : parameters;
    }

    private static string Parameter(ParameterInfo parameter)
    {
        bool isParams = parameter.IsDefined(typeof(ParamArrayAttribute))
            || parameter.IsDefined(typeof(ParamCollectionAttribute));
        string initial = parameter.HasDefaultValue ? $" = {Constant(parameter.RawDefaultValue)}" : string.Empty;
        return $"{(isParams ? "params " : "")}{Passing(parameter)}{TypeOf(parameter)} {parameter.Name}{initial}";
    }

    private static string Passing(ParameterInfo parameter)
    {
        if (!parameter.ParameterType.IsByRef)
        {
            return string.Empty;
        }

        bool isReadOnly = parameter.IsIn || parameter.IsDefined(typeof(IsReadOnlyAttribute))
            || parameter.IsDefined(typeof(RequiresLocationAttribute));
        return (parameter.IsOut, isReadOnly, parameter.IsRetval) switch
        {
            (true, _, _) => "out ",
            (_, true, true) => "ref readonly ",
            (_, true, false) => parameter.IsDefined(typeof(RequiresLocationAttribute)) ? "ref readonly " : "in ",
            _ => "ref ",
        };
    }

    private static string TypeOf(ParameterInfo parameter) =>
        TypeNames.Of(parameter.ParameterType, new NullabilityInfoContext().Create(parameter));

    private static string Constraints(MethodInfo method)
    {
        IEnumerable<string> clauses =
            from argument in method.IsGenericMethod ? method.GetGenericArguments() : []
            let kind = argument.GenericParameterAttributes
            let special = kind.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint) ? "struct"
                : kind.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? "class" : string.Empty
            let types = argument.GetGenericParameterConstraints()
                .Where(type => type != typeof(ValueType))
                .Select(type => TypeNames.Of(type))
            let all = string.Join(", ", special.Length == 0 ? types : types.Prepend(special))
            where all.Length > 0
            select $" where {argument.Name} : {all}";
        return string.Concat(clauses);
    }

    private static string Constant(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
