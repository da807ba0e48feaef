using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using Linkage.Sidecar.Transport.Server;

namespace Linkage.Sidecar.Transport.Standard;

/// <summary>Answers questions about the mapped services; both versions of the protocol ask the same.</summary>
internal sealed class ReflectionAnswers(ServiceRegistry registry)
{
    private readonly Lazy<IReadOnlyDictionary<string, FileDescriptor>> _files = new(() => AllFiles(registry));

    public ServerReflectionResponse Answer(ServerReflectionRequest request)
    {
        ServerReflectionResponse response = new() { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case ServerReflectionRequest.MessageRequestOneofCase.ListServices:
                response.ListServicesResponse = List();
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileByFilename:
                Describe(response, _files.Value.GetValueOrDefault(request.FileByFilename));
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol:
                Describe(response, FileOf(request.FileContainingSymbol));
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType
                when IsMessage(request.AllExtensionNumbersOfType):
                response.AllExtensionNumbersResponse =
                    new ExtensionNumberResponse { BaseTypeName = request.AllExtensionNumbersOfType };
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension
                or ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType:
                Fail(response, StatusCode.NotFound, "There is no such extension or type.");
                break;
            default:
                Fail(response, StatusCode.InvalidArgument, "The request asks nothing.");
                break;
        }

        return response;
    }

    private static void Describe(ServerReflectionResponse response, FileDescriptor? file)
    {
        if (file is null)
        {
            Fail(response, StatusCode.NotFound, "There is no such file or symbol.");
            return;
        }

        response.FileDescriptorResponse = new FileDescriptorResponse();
        response.FileDescriptorResponse.FileDescriptorProto.AddRange(
            WithImports(file).Select(each => each.SerializedData));
    }

    private static void Fail(ServerReflectionResponse response, StatusCode code, string message) =>
        response.ErrorResponse = new ErrorResponse { ErrorCode = (int)code, ErrorMessage = message };

    private static Dictionary<string, FileDescriptor> AllFiles(ServiceRegistry registry) => registry.Services
        .SelectMany(service => WithImports(service.File))
        .DistinctBy(file => file.Name)
        .ToDictionary(file => file.Name, StringComparer.Ordinal);

    private static IEnumerable<FileDescriptor> WithImports(FileDescriptor file) =>
        file.Dependencies.SelectMany(WithImports).Prepend(file).DistinctBy(each => each.Name);

    private static IEnumerable<string> Names(FileDescriptor file) => file.MessageTypes.SelectMany(Names)
        .Concat(file.EnumTypes.SelectMany(Names))
        .Concat(file.Services.SelectMany(service =>
            service.Methods.Select(method => method.FullName).Prepend(service.FullName)));

    private static IEnumerable<string> Names(MessageDescriptor message) => message.NestedTypes.SelectMany(Names)
        .Concat(message.EnumTypes.SelectMany(Names))
        .Concat(message.Fields.InDeclarationOrder().Select(field => field.FullName))
        .Prepend(message.FullName);

    private static IEnumerable<string> Names(EnumDescriptor type) =>
        type.Values.Select(value => value.FullName).Prepend(type.FullName);

    private ListServiceResponse List()
    {
        ListServiceResponse list = new();
        list.Service.AddRange(registry.Services
            .Select(service => service.FullName)
            .Order(StringComparer.Ordinal)
            .Select(name => new ServiceResponse { Name = name }));
        return list;
    }

    private FileDescriptor? FileOf(string symbol) =>
        _files.Value.Values.FirstOrDefault(file => Names(file).Contains(symbol));

    private bool IsMessage(string name) =>
        FileOf(name)?.MessageTypes.Any(message => message.FullName == name) == true;
}
